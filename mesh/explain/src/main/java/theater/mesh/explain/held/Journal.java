package theater.mesh.explain.held;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import theater.mesh.view.Endpoint;
import theater.mesh.view.MeshView;
import theater.mesh.view.Proxy;
import theater.mesh.xds.Recorder;
import theater.mesh.xds.ResourceKind;
import theater.mesh.xds.Versioned;

/// Remembers what each connected Envoy has taken, and the last changes. Bounded: so many changes,
/// and so many bytes of what was before; of larger changes only names and times are kept.
public final class Journal implements Recorder {
  private static final int MOST_FORMER_PODS = 1000;

  private final int mostChanges;
  private final long mostBytes;
  private final Writes writes;
  private final Clock clock;
  private final Map<String, ProxyState> proxies = new LinkedHashMap<>();
  private final Map<String, Proxy> known = new HashMap<>();
  private final Deque<OpenChange> changes = new ArrayDeque<>();
  private final Map<String, String> formerPods =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST_FORMER_PODS;
        }
      };
  private MeshView view;
  private long number;

  /// @param mostBytes of former resources
  public Journal(int mostChanges, long mostBytes, Writes writes, Clock clock) {
    this.mostChanges = mostChanges;
    this.mostBytes = mostBytes;
    this.writes = writes;
    this.clock = clock;
  }

  @Override
  public synchronized void pushed(long viewNumber, MeshView next) {
    MeshView before = view;
    view = next;
    if (before == null) {
      return;
    }
    List<ObjectChange> objects = ObjectChanges.between(before, next, writes);
    if (objects.isEmpty()) {
      return;
    }
    rememberPods(before, next);
    Instant now = clock.instant();
    if (!changes.isEmpty() && changes.getLast().goesOn(objects, now)) {
      changes.getLast().add(objects, now);
      return;
    }
    changes.add(new OpenChange(++number, now, objects));
    while (changes.size() > mostChanges || changes.size() > 1 && bytes() > mostBytes / 2) {
      changes.removeFirst();
    }
    Set<String> used = new HashSet<>(proxies.keySet());
    changes.forEach(change -> used.addAll(change.receivers()));
    known.keySet().retainAll(used);
  }

  private void rememberPods(MeshView before, MeshView next) {
    if (!before.endpoints().equals(next.endpoints())) {
      before.endpoints().forEach(it -> formerPods.put(it.address(), it.workload().name()));
    }
  }

  private long bytes() {
    return changes.stream().mapToLong(OpenChange::bytes).sum();
  }

  @Override
  public synchronized void connected(String id, Proxy proxy) {
    proxies.put(id, new ProxyState(proxy, number));
    known.put(id, proxy);
  }

  @Override
  public synchronized void left(String id) {
    proxies.remove(id);
  }

  @Override
  public synchronized void kept(String id, ResourceKind kind, List<Versioned> resources) {
    ProxyState state = proxies.get(id);
    if (state != null) {
      state.kept(kind, resources);
    }
  }

  @Override
  public synchronized void sent(
      String id, ResourceKind kind, String nonce, List<Versioned> changed, List<String> removed) {
    ProxyState state = proxies.get(id);
    if (state == null) {
      return;
    }
    OpenChange change = changes.peekLast();
    if (change != null && state.begun(kind) && change.number > state.since) {
      Instant now = clock.instant();
      for (Versioned resource : changed) {
        Versioned before = state.taken(kind, resource.name());
        if (before == null || !before.version().equals(resource.version())) {
          change.sent(id, kind, resource.name(), before, resource, now, mostBytes - bytes());
        }
      }
      for (String name : removed) {
        if (state.taken(kind, name) != null) {
          change.sent(id, kind, name, state.taken(kind, name), null, now, mostBytes - bytes());
        }
      }
    }
    state.sent(kind, nonce, changed, removed);
  }

  @Override
  public synchronized void answered(String id, ResourceKind kind, String nonce, String refusal) {
    ProxyState state = proxies.get(id);
    if (state == null) {
      return;
    }
    Map<String, String> names = state.answered(kind, nonce, refusal);
    Instant now = clock.instant();
    names.forEach((name, why) -> {
      Iterator<OpenChange> newest = changes.descendingIterator();
      while (newest.hasNext() && !newest.next().answered(id, kind, name, now, why)) {
        // The change that sent it is an older one.
      }
    });
  }

  /// The newest view; null before the first.
  public synchronized MeshView view() {
    return view;
  }

  /// An Envoy that is connected.
  public record Connected(String id, Proxy proxy) {}

  /// Every Envoy that is connected.
  public synchronized List<Connected> connected() {
    List<Connected> result = new ArrayList<>();
    proxies.forEach((id, state) -> result.add(new Connected(id, state.proxy)));
    return result;
  }

  /// What an Envoy has; empty when it has gone.
  public synchronized Optional<Held> held(String id) {
    return Optional.ofNullable(proxies.get(id)).map(state -> state.held(id));
  }

  /// The last changes, newest first.
  ///
  /// @param all also those that began with pods, not with an object that somebody wrote
  public synchronized List<Change> last(int most, boolean all) {
    List<Change> result = new ArrayList<>();
    Iterator<OpenChange> newest = changes.descendingIterator();
    while (newest.hasNext() && result.size() < most) {
      OpenChange change = newest.next();
      if (all || change.written()) {
        result.add(change.close(known::get));
      }
    }
    return result;
  }

  /// Name of the pod at an address, also of one that has gone lately; empty when unknown.
  public synchronized String pod(String address) {
    if (view != null) {
      for (Endpoint endpoint : view.endpoints()) {
        if (endpoint.address().equals(address)) {
          return endpoint.workload().name();
        }
      }
    }
    return formerPods.getOrDefault(address, "");
  }
}
