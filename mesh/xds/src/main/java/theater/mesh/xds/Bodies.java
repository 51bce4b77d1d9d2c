package theater.mesh.xds;

import com.google.protobuf.Message;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/// The wire form of messages, made once for all proxies that get the same message. For one thread.
final class Bodies {
  private static final int FEW = 1_000;
  private final Map<Message, Versioned> known = new IdentityHashMap<>();
  private int enough = FEW;

  Versioned of(String name, Message message) {
    return known.computeIfAbsent(message, made -> Versioned.of(name, made));
  }

  /// Whether it is time for [#retain].
  boolean many() {
    return known.size() > enough;
  }

  /// Forgets what no snapshot has any more.
  void retain(Collection<Snapshot> live) {
    Set<Versioned> used = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Snapshot snapshot : live) {
      for (ResourceKind kind : ResourceKind.values()) {
        used.addAll(snapshot.all(kind).values());
      }
    }
    known.values().removeIf(body -> !used.contains(body));
    enough = Math.max(FEW, 2 * known.size());
  }
}
