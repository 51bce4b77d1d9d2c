package theater.laptop.api.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import theater.laptop.api.json.Json;
import theater.laptop.api.store.ObjectKey;
import theater.laptop.api.store.ObjectStore;

/// Removes Events an hour after they were last written (Kubernetes: kube-apiserver --event-ttl),
/// and the oldest ones when there are very many.
public final class EventExpiry implements AutoCloseable {
  private static final Duration LIFE = Duration.ofHours(1);
  private static final int MOST = 5_000;
  private static final String EVENTS = "events";
  private final ObjectStore store;
  private final Clock clock;
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("events").factory());

  public EventExpiry(ObjectStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Looks every minute from now on.
  public EventExpiry start() {
    sweeper.scheduleWithFixedDelay(this::sweep, 0, 1, TimeUnit.MINUTES);
    return this;
  }

  /// Removes what is too old or too much.
  void sweep() {
    Instant end = clock.instant().minus(LIFE);
    List<Map.Entry<Instant, ObjectNode>> events =
        store.list(EVENTS, null).items().stream()
            .map(event -> Map.entry(written(event), event))
            .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
            .toList();
    for (int i = 0; i < events.size(); i++) {
      Map.Entry<Instant, ObjectNode> each = events.get(i);
      if (!each.getKey().isBefore(end) && events.size() - i <= MOST) {
        return;
      }
      ObjectNode event = each.getValue();
      // One that was written meanwhile stays until the next look.
      store.remove(new ObjectKey(EVENTS, Json.namespace(event), Json.name(event)), event);
    }
  }

  private static Instant written(ObjectNode event) {
    Instant newest = Instant.EPOCH;
    for (String time :
        List.of(
            Json.text(event, "metadata", "creationTimestamp"),
            Json.text(event, "lastTimestamp"),
            Json.text(event, "series", "lastObservedTime"))) {
      try {
        Instant read = time.isEmpty() ? newest : Instant.parse(time);
        newest = read.isAfter(newest) ? read : newest;
      } catch (DateTimeException e) {
        // What is no time says nothing.
      }
    }
    return newest;
  }

  @Override
  public void close() {
    sweeper.shutdownNow();
  }
}
