package theater.laptop.api.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.laptop.api.json.Json;
import theater.laptop.api.store.ObjectKey;
import theater.laptop.api.store.ObjectStore;

class EventExpiryTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir Path folder;

  @Test
  void eventsAreGoneAnHourAfterTheirLastWrite() {
    try (ObjectStore store = ObjectStore.open(folder)) {
      event(store, "old", "2026-01-01T10:59:59Z", "2026-01-01T10:59:59Z");
      event(store, "again", "2026-01-01T10:00:00Z", "2026-01-01T11:30:00Z");
      event(store, "fresh", "2026-01-01T11:00:01Z", "2026-01-01T11:00:01Z");
      event(store, "strange", "2026-01-01T11:59:00Z", "yesterday");
      sweep(store);
      assertThat(store.list("events", null).items().stream().map(Json::name))
          .containsExactly("again", "fresh", "strange");
    }
  }

  @Test
  void theOldestGoWhenThereAreVeryMany() {
    try (ObjectStore store = ObjectStore.open(folder)) {
      for (int i = 0; i < 5_002; i++) {
        event(store, "e" + i, "2026-01-01T11:30:00Z", NOON.minusSeconds(i % 60).toString());
      }
      event(store, "first", "2026-01-01T11:20:00Z", "2026-01-01T11:20:00Z");
      sweep(store);
      assertThat(store.list("events", null).items()).hasSize(5_000);
      assertThat(store.get(new ObjectKey("events", "shop", "first"))).isNull();
    }
  }

  private static void sweep(ObjectStore store) {
    try (EventExpiry expiry = new EventExpiry(store, Clock.fixed(NOON, ZoneOffset.UTC))) {
      expiry.sweep();
    }
  }

  private static void event(ObjectStore store, String name, String created, String last) {
    ObjectNode event = Json.object().put("apiVersion", "v1").put("kind", "Event");
    event
        .putObject("metadata")
        .put("name", name)
        .put("namespace", "shop")
        .put("creationTimestamp", created);
    event.put("lastTimestamp", last);
    store.write(new ObjectKey("events", "shop", name), null, event);
  }
}
