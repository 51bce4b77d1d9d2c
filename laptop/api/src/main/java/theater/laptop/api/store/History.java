package theater.laptop.api.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The last events, for those who watch from a version that they have read: so many, and so many
/// bytes, as memory is to be spent on. Whoever asks for older ones lists again. The caller locks.
final class History {
  private static final int MOST = 4_000;
  private static final long LARGEST = 24 << 20;
  private final Deque<StoreEvent> events = new ArrayDeque<>();
  private long bytes;

  /// The version after which everything is known.
  private long oldest;

  void beginAt(long version) {
    oldest = version;
  }

  long oldest() {
    return oldest;
  }

  void add(StoreEvent event) {
    events.add(event);
    bytes += event.size();
    while (events.size() > MOST || bytes > LARGEST) {
      StoreEvent gone = events.remove();
      bytes -= gone.size();
      oldest = gone.resourceVersion();
    }
  }

  /// Of one resource, after a version.
  List<StoreEvent> since(String resource, long after) {
    return events.stream()
        .filter(event -> event.resourceVersion() > after && event.key().resource().equals(resource))
        .toList();
  }
}
