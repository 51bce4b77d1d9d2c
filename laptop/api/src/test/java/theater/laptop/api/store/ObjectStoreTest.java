package theater.laptop.api.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.laptop.api.json.Json;
import theater.laptop.api.status.StatusException;

class ObjectStoreTest {
  @TempDir Path folder;

  @Test
  void everyWriteSurvivesAndVersionsGoOn() {
    try (ObjectStore store = ObjectStore.open(folder)) {
      store.write(key("a"), null, object("a"));
      store.write(key("b"), null, object("b"));
      store.remove(key("a"), store.get(key("a")));
    }
    try (ObjectStore store = ObjectStore.open(folder)) {
      assertThat(store.get(key("a"))).isNull();
      assertThat(Json.text(store.get(key("b")), "metadata", "resourceVersion")).isEqualTo("2");
      assertThat(store.resourceVersion()).isEqualTo(3);
    }
  }

  @Test
  void aRecordCutAtAnyByteLosesOnlyItself() throws IOException {
    Path journal = folder.resolve("journal");
    long whole;
    try (ObjectStore store = ObjectStore.open(folder)) {
      store.write(key("a"), null, object("a"));
      whole = Files.size(journal);
      store.write(key("b"), null, object("b"));
    }
    byte[] bytes = Files.readAllBytes(journal);
    for (long length = whole; length < bytes.length; length++) {
      Files.write(journal, bytes);
      try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "rw")) {
        file.setLength(length);
      }
      try (ObjectStore store = ObjectStore.open(folder)) {
        assertThat(store.get(key("a"))).as("cut at %d", length).isNotNull();
        assertThat(store.get(key("b"))).as("cut at %d", length).isNull();
        store.write(key("c"), null, object("c"));
      }
      try (ObjectStore store = ObjectStore.open(folder)) {
        assertThat(store.get(key("c"))).as("written after the cut at %d", length).isNotNull();
      }
    }
  }

  @Test
  void aFlippedByteInTheLastRecordIsFound() throws IOException {
    Path journal = folder.resolve("journal");
    try (ObjectStore store = ObjectStore.open(folder)) {
      store.write(key("a"), null, object("a"));
      store.write(key("b"), null, object("b"));
    }
    byte[] bytes = Files.readAllBytes(journal);
    bytes[bytes.length - 3] ^= 1;
    Files.write(journal, bytes);
    try (ObjectStore store = ObjectStore.open(folder)) {
      assertThat(store.get(key("a"))).isNotNull();
      assertThat(store.get(key("b"))).isNull();
    }
  }

  @Test
  void aSnapshotTakesTheJournalsPlace() throws IOException {
    String large = "x".repeat(40_000);
    try (ObjectStore store = ObjectStore.open(folder)) {
      for (int i = 0; i < 40; i++) {
        store.write(key("n" + i), null, object("n" + i).put("text", large));
      }
    }
    assertThat(Files.size(folder.resolve("journal"))).isGreaterThan(1 << 20);
    ObjectStore.open(folder).close();
    assertThat(Files.size(folder.resolve("journal"))).isZero();
    try (ObjectStore store = ObjectStore.open(folder)) {
      assertThat(store.list("configmaps", "ns").items()).hasSize(40);
      assertThat(store.resourceVersion()).isEqualTo(40);
    }
  }

  @Test
  void aSecondServerOfOneFolderIsRefused() {
    try (ObjectStore store = ObjectStore.open(folder)) {
      assertThat(store.resourceVersion()).isZero();
      assertThatThrownBy(() -> ObjectStore.open(folder))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("already open");
    }
  }

  @Test
  void onlyTheNewestInstanceCanBeReplaced() {
    try (ObjectStore store = ObjectStore.open(folder)) {
      ObjectNode first = store.write(key("a"), null, object("a"));
      assertThat(store.write(key("a"), null, object("a"))).isNull();
      ObjectNode second = store.write(key("a"), first, object("a"));
      assertThat(second).isNotNull();
      assertThat(store.write(key("a"), first, object("a"))).isNull();
    }
  }

  @Test
  void aWatchSeesEveryEventAfterItsVersionInOrder() throws InterruptedException {
    try (ObjectStore store = ObjectStore.open(folder)) {
      store.write(key("a"), null, object("a"));
      try (StoreWatch watch = store.watch("configmaps", 0)) {
        store.remove(key("a"), store.get(key("a")));
        assertThat(watch.next(5000).resourceVersion()).isEqualTo(1);
        StoreEvent second = watch.next(5000);
        assertThat(second.object()).isNull();
        assertThat(second.resourceVersion()).isEqualTo(2);
      }
    }
  }

  /// Memory is bounded by bytes, not only by the number of events.
  @Test
  void largeObjectsEndTheMemoryOfEventsAndTheWatchThatDoesNotRead() throws InterruptedException {
    try (ObjectStore store = ObjectStore.open(folder);
        StoreWatch slow = store.watch("configmaps", 0);
        StoreWatch quick = store.watch("configmaps", 0)) {
      ObjectNode last = null;
      for (int i = 1; i <= 40; i++) {
        last = store.write(key("a"), last, object("a").put("text", "x".repeat(1 << 20)));
        assertThat(quick.next(5000).resourceVersion()).isEqualTo(i);
      }
      assertThat(quick.overrun()).isFalse();
      assertThat(slow.overrun()).isTrue();
      assertThat(slow.next(0)).isNull();
      assertThat(store.remembers(40 - 20)).isTrue();
      assertThat(store.remembers(40 - 30)).isFalse();
      assertThatThrownBy(() -> store.watch("configmaps", 1))
          .isInstanceOfSatisfying(StatusException.class, e -> assertThat(e.code()).isEqualTo(410));
    }
  }

  @Test
  void aVersionFromBeforeTheStartIsTooOld() {
    try (ObjectStore store = ObjectStore.open(folder)) {
      store.write(key("a"), null, object("a"));
      store.write(key("b"), null, object("b"));
    }
    try (ObjectStore store = ObjectStore.open(folder)) {
      assertThatThrownBy(() -> store.watch("configmaps", 1))
          .isInstanceOfSatisfying(StatusException.class, e -> assertThat(e.code()).isEqualTo(410));
      store.watch("configmaps", 2).close();
    }
  }

  @Test
  void manyWritersLoseNothing() throws InterruptedException {
    int writers = 16;
    int each = 25;
    CountDownLatch done = new CountDownLatch(writers);
    try (ObjectStore store = ObjectStore.open(folder)) {
      for (int w = 0; w < writers; w++) {
        String prefix = "w" + w + "-";
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 0; i < each; i++) {
                store.write(key(prefix + i), null, object(prefix + i));
              }
              done.countDown();
            });
      }
      done.await();
    }
    try (ObjectStore store = ObjectStore.open(folder)) {
      assertThat(store.list("configmaps", null).items()).hasSize(writers * each);
      assertThat(store.resourceVersion()).isEqualTo(writers * each);
    }
  }

  private static ObjectKey key(String name) {
    return new ObjectKey("configmaps", "ns", name);
  }

  private static ObjectNode object(String name) {
    ObjectNode object = Json.object();
    object.putObject("metadata").put("name", name).put("namespace", "ns");
    return object;
  }
}
