package theater.mesh.explain.walk;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import theater.mesh.explain.held.Held;
import theater.mesh.explain.walk.EnvoyHosts.Health;
import theater.mesh.explain.walk.Explanation.Target;
import theater.mesh.translation.names.ClusterName;
import theater.mesh.view.Endpoint;
import theater.mesh.view.MeshContext;
import theater.mesh.view.MeshView;

/// The endpoints of a cluster, and which of them Envoy may draw: the best priority that is healthy
/// enough; all of a priority, also bad ones, when too few are healthy (panic).
final class Targets {
  private static final double OVERPROVISIONING = 1.4;
  private static final double DEFAULT_PANIC = 50;

  private final MeshView view;
  private final Held caller;
  private final EnvoyHosts hosts;

  Targets(MeshView view, Held caller, EnvoyHosts hosts) {
    this.view = view;
    this.caller = caller;
    this.hosts = hosts;
  }

  /// @param panic whether bad endpoints are used because too few are good
  record Found(List<Target> targets, boolean panic) {}

  Found of(Cluster cluster) {
    ClusterLoadAssignment assignment =
        caller.endpoints(cluster.getName()).orElse(cluster.getLoadAssignment());
    Map<String, Health> health = hosts.of(caller.proxy(), cluster.getName());
    List<Target> all = new ArrayList<>();
    for (LocalityLbEndpoints locality : assignment.getEndpointsList()) {
      for (LbEndpoint endpoint : locality.getLbEndpointsList()) {
        all.add(target(cluster, locality.getPriority(), endpoint, health));
      }
    }
    return used(cluster, all);
  }

  private Target target(
      Cluster cluster, int priority, LbEndpoint endpoint, Map<String, Health> health) {
    SocketAddress socket = endpoint.getEndpoint().getAddress().getSocketAddress();
    String at = socket.getAddress() + ":" + socket.getPortValue();
    Health now = health.getOrDefault(at, new Health(false, ""));
    boolean mutual =
        cluster.hasTransportSocket()
            || cluster.getTransportSocketMatchesCount() > 0
                && endpoint.getMetadata().containsFilterMetadata("envoy.transport_socket_match");
    Optional<MeshContext> gateway =
        view.contexts().stream()
            .filter(it -> it.eastWestAddress().equals(socket.getAddress()))
            .filter(it -> it.eastWestPort() == socket.getPortValue())
            .findFirst();
    Optional<Endpoint> pod =
        view.endpoints().stream()
            .filter(it -> it.address().equals(socket.getAddress()))
            .findFirst();
    return new Target(
        gateway.isPresent() ? "gateway" : pod.isPresent() ? "pod" : "address",
        gateway.map(MeshContext::name).or(() -> pod.map(it -> it.workload().name())).orElse(at),
        gateway.map(MeshContext::name).or(() -> pod.map(Endpoint::context)).orElse(""),
        at,
        mutual,
        priority,
        endpoint.hasLoadBalancingWeight() ? endpoint.getLoadBalancingWeight().getValue() : 1,
        now.ejected(),
        now.flags(),
        true,
        gateway.map(it -> behind(it, cluster)).orElse(List.of()));
  }

  /// Pods of the other context that could answer for the service. Which of them the subset there
  /// means is the business of the DestinationRule of that context.
  private List<String> behind(MeshContext context, Cluster cluster) {
    Optional<ClusterName> name = ClusterName.parse(cluster.getName());
    return view.endpoints().stream()
        .filter(it -> it.context().equals(context.name()) && it.ready())
        .filter(it ->
            name.filter(wanted ->
                    wanted.host().startsWith(it.serviceName() + "." + it.serviceNamespace() + "."))
                .isPresent())
        .map(it -> it.workload().name())
        .distinct()
        .toList();
  }

  private static Found used(Cluster cluster, List<Target> all) {
    Map<Integer, List<Target>> byPriority = new TreeMap<>();
    all.forEach(it -> byPriority.computeIfAbsent(it.priority(), _ -> new ArrayList<>()).add(it));
    double threshold =
        cluster.getCommonLbConfig().hasHealthyPanicThreshold()
            ? cluster.getCommonLbConfig().getHealthyPanicThreshold().getValue()
            : DEFAULT_PANIC;
    double total = byPriority.values().stream().mapToDouble(Targets::load).sum();
    List<Target> result = new ArrayList<>();
    double left = 100;
    boolean panic = false;
    for (List<Target> same : byPriority.values()) {
      double share = total >= 100 ? Math.min(left, load(same)) : load(same);
      left -= share;
      boolean panics = total < 100 && healthy(same) < threshold;
      panic |= panics;
      for (Target target : same) {
        boolean good = target.health().isEmpty();
        result.add(with(target, panics || good && (share > 0 || total == 0)));
      }
    }
    return new Found(result, panic);
  }

  private static double healthy(List<Target> same) {
    return 100.0 * same.stream().filter(it -> it.health().isEmpty()).count() / same.size();
  }

  private static double load(List<Target> same) {
    return Math.min(100, OVERPROVISIONING * healthy(same));
  }

  private static Target with(Target it, boolean used) {
    return new Target(
        it.kind(),
        it.name(),
        it.context(),
        it.address(),
        it.mutual(),
        it.priority(),
        it.weight(),
        it.ejected(),
        it.health(),
        used,
        it.behind());
  }
}
