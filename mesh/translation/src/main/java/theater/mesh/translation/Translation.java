package theater.mesh.translation;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import theater.mesh.translation.memo.Kept;
import theater.mesh.translation.memo.Memo;
import theater.mesh.translation.memo.Same;
import theater.mesh.translation.spec.Problems;
import theater.mesh.view.MeshView;
import theater.mesh.view.Proxy;

/// The whole translation: a pure function. Equal input gives equal bytes. Never throws for what a
/// person wrote.
///
/// It keeps what it made, with all that each piece asked of its [Sight], and makes only those
/// pieces anew that would be answered differently: a result never depends on what was translated
/// before, its cost does. Pieces that several proxies see alike are made once. What did not change
/// is the same list of the same messages as the last time.
public final class Translation {
  private static final int VIEWS_UNTIL_TIDIED = 32;

  private final Memo memo = new Memo();
  private final Map<Proxy, Parts> kept = new IdentityHashMap<>();
  private Facts facts;
  private int views;

  /// What a proxy was given last, and for which view.
  private static final class Parts {
    private Facts since;
    private final Map<Part, Kept<?>> made = new EnumMap<>(Part.class);
  }

  /// Builds everything the proxy needs.
  public synchronized EnvoyConfig translate(MeshView view, Proxy proxy) {
    if (facts == null || facts.written() != view) {
      if (++views % VIEWS_UNTIL_TIDIED == 0) {
        tidy();
      }
      facts = new Facts(view, facts, memo.problems());
    }
    Parts parts = kept.computeIfAbsent(proxy, _ -> new Parts());
    Sight sight = new Sight(memo, facts, proxy);
    for (Part part : Part.values()) {
      Kept<?> before = parts.made.get(part);
      if (before == null || !facts.unchanged(parts.since, before.roots())) {
        parts.made.put(part, sameList(before, memo.top(() -> part.of(sight))));
      }
    }
    parts.since = facts;
    Problems problems = new Problems();
    parts.made.values().forEach(made -> problems.addAll(made.problems()));
    facts.tell(problems);
    return new EnvoyConfig(
        list(parts, Part.LISTENERS, Listener.class),
        list(parts, Part.ROUTES, RouteConfiguration.class),
        list(parts, Part.CLUSTERS, Cluster.class),
        list(parts, Part.ENDPOINTS, ClusterLoadAssignment.class),
        problems.list());
  }

  /// The list of the last time when this one has the same messages: whoever has it need not look
  /// through them.
  private static Kept<?> sameList(Kept<?> before, Kept<? extends List<?>> made) {
    return before != null && Same.each((List<?>) before.value()).equals(Same.each(made.value()))
        ? new Kept<>(before.value(), made.problems(), made.roots(), made.inner())
        : made;
  }

  /// Forgets what no proxy of the view before this one has.
  private void tidy() {
    kept.values().removeIf(parts -> parts.since != facts);
    List<Kept<?>> used = new ArrayList<>();
    kept.values().forEach(parts -> used.addAll(parts.made.values()));
    memo.retain(used);
  }

  @SuppressWarnings("unchecked") // a part makes messages of one type
  private static <T extends Message> List<T> list(Parts parts, Part part, Class<T> type) {
    List<?> list = (List<?>) parts.made.get(part).value();
    assert list.isEmpty() || type.isInstance(list.getFirst());
    return (List<T>) list;
  }
}
