package theater.laptop.api.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import theater.laptop.api.json.Json;
import theater.laptop.api.status.StatusException;

/// All objects of a context: in memory to read, in a journal to last. One version counter for all
/// of them, as etcd has. A write returns when it is on disk; writers that come together share one
/// force. Events are told after that, in order. Objects in here are never changed: callers copy
/// before they write.
public final class ObjectStore implements AutoCloseable {
  private static final long COMPACT_AT = 16 << 20;
  private final Path folder;
  private final FileChannel lockFile;
  private final Journal journal;
  private final ReentrantLock memory = new ReentrantLock();
  private final ReentrantLock disk = new ReentrantLock();
  private final ObjectIndex objects = new ObjectIndex();
  private final History history = new History();
  private final List<StoreWatch> watches = new CopyOnWriteArrayList<>();
  private final List<Consumer<StoreEvent>> listeners = new CopyOnWriteArrayList<>();
  private List<StoreEvent> pending = new ArrayList<>();
  private long version;
  private long durable;
  private IOException failure;

  /// A list and the version that it shows.
  public record Listing(long resourceVersion, List<ObjectNode> items) {}

  private ObjectStore(Path folder, FileChannel lockFile) throws IOException {
    this.folder = folder;
    this.lockFile = lockFile;
    Path snapshot = folder.resolve("snapshot");
    if (Files.exists(snapshot)) {
      byte[] bytes = Files.readAllBytes(snapshot);
      if (Journal.replay(bytes, this::restore) != bytes.length) {
        throw new IOException(
            snapshot + " is damaged: a checksum does not fit; expected a whole snapshot");
      }
    }
    long shown = version;
    journal =
        Journal.open(
            folder.resolve("journal"),
            record -> {
              if (record.path("v").asLong() > shown) {
                restore(record);
              }
            });
    durable = version;
    history.beginAt(version);
    if (journal.size() > 1 << 20) {
      compact();
    }
  }

  /// Opens or makes the store of a folder. @throws UncheckedIOException when it cannot be read, or
  /// another process has it open
  public static ObjectStore open(Path folder) {
    try {
      FileChannel lock = FolderLock.take(folder);
      try {
        return new ObjectStore(folder, lock);
      } catch (IOException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void restore(JsonNode record) {
    version = Math.max(version, record.path("v").asLong());
    if (!record.has("r")) {
      return;
    }
    ObjectKey key =
        new ObjectKey(
            record.path("r").asText(), record.path("ns").asText(), record.path("n").asText());
    objects.restore(key, record.get("o"));
  }

  /// Null when it does not exist.
  public ObjectNode get(ObjectKey key) {
    memory.lock();
    try {
      return objects.get(key);
    } finally {
      memory.unlock();
    }
  }

  /// @param namespace null for all
  public Listing list(String resource, String namespace) {
    memory.lock();
    try {
      return new Listing(version, objects.list(resource, namespace));
    } finally {
      memory.unlock();
    }
  }

  public long resourceVersion() {
    return list("", null).resourceVersion();
  }

  /// Writes an object and gives it the next version. The object passes into the store's hands.
  ///
  /// @param expected what must be there now, the same instance that [#get] gave; null: nothing
  /// @return the object; null when something else is there
  public ObjectNode write(ObjectKey key, ObjectNode expected, ObjectNode object) {
    long mine;
    memory.lock();
    try {
      healthy();
      if (objects.get(key) != expected) {
        return null;
      }
      mine = ++version;
      Json.metadata(object).put("resourceVersion", Long.toString(mine));
      objects.put(key, object);
      pending.add(new StoreEvent(mine, key, object, expected));
    } finally {
      memory.unlock();
    }
    sync(mine);
    return object;
  }

  /// Removes an object. @return it as it was last, with the version of its removal; null when
  /// something else is there
  public ObjectNode remove(ObjectKey key, ObjectNode expected) {
    long mine;
    ObjectNode last;
    memory.lock();
    try {
      healthy();
      if (expected == null || objects.get(key) != expected) {
        return null;
      }
      mine = ++version;
      last = expected.deepCopy();
      Json.metadata(last).put("resourceVersion", Long.toString(mine));
      objects.remove(key);
      pending.add(new StoreEvent(mine, key, null, last));
    } finally {
      memory.unlock();
    }
    sync(mine);
    return last;
  }

  private void healthy() {
    if (failure != null) {
      throw journal.unwritable(failure);
    }
  }

  /// Whoever comes first writes for all who wait.
  private void sync(long mine) {
    disk.lock();
    try {
      if (durable >= mine) {
        return;
      }
      List<StoreEvent> batch;
      memory.lock();
      try {
        healthy();
        batch = pending;
        pending = new ArrayList<>();
      } finally {
        memory.unlock();
      }
      List<byte[]> records = batch.stream().map(StoreEvent::bytes).toList();
      try {
        journal.append(records);
      } catch (IOException e) {
        memory.lock();
        try {
          failure = e;
        } finally {
          memory.unlock();
        }
        healthy();
      }
      durable = batch.getLast().resourceVersion();
      tell(batch, records);
      if (journal.size() > COMPACT_AT) {
        compact();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      disk.unlock();
    }
  }

  private void tell(List<StoreEvent> batch, List<byte[]> records) {
    memory.lock();
    try {
      for (int i = 0; i < batch.size(); i++) {
        StoreEvent event = batch.get(i).weighed(records.get(i));
        history.add(event);
        listeners.forEach(listener -> listener.accept(event));
        watches.forEach(watch -> watch.offer(event));
      }
    } finally {
      memory.unlock();
    }
  }

  /// Whether all that happened after a version is still known.
  public boolean remembers(long after) {
    memory.lock();
    try {
      return after >= history.oldest() && after <= version;
    } finally {
      memory.unlock();
    }
  }

  /// Whether nothing of a resource is known to have changed after a version, and nothing unknown
  /// happened either.
  public boolean unchangedSince(String resource, long after) {
    memory.lock();
    try {
      return remembers(after) && history.since(resource, after).isEmpty();
    } finally {
      memory.unlock();
    }
  }

  /// Tells every event from now on, under the store's lock.
  public void listen(Consumer<StoreEvent> listener) {
    listeners.add(listener);
  }

  /// Events of a resource after a version. @throws StatusException 410 when that is too long ago or
  /// never was
  public StoreWatch watch(String resource, long after) {
    memory.lock();
    try {
      if (!remembers(after)) {
        throw StatusException.expired(after, after < history.oldest() ? history.oldest() : version);
      }
      StoreWatch watch =
          new StoreWatch(resource, after, history.since(resource, after), watches::remove);
      watches.add(watch);
      return watch;
    } finally {
      memory.unlock();
    }
  }

  /// Writes all objects into a new snapshot and empties the journal. Called with the disk lock
  /// held, or before anybody else knows us.
  private void compact() throws IOException {
    List<byte[]> records = new ArrayList<>();
    memory.lock();
    try {
      if (!pending.isEmpty()) {
        return;
      }
      records.add(Json.bytes(Json.object().put("v", version)));
      objects.each(
          (key, object) -> records.add(new StoreEvent(version, key, object, null).bytes()));
    } finally {
      memory.unlock();
    }
    Journal.replace(folder.resolve("snapshot"), records);
    journal.clear();
  }

  @Override
  public void close() {
    disk.lock();
    try {
      List.copyOf(watches).forEach(StoreWatch::close);
      journal.close();
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      disk.unlock();
    }
  }
}
