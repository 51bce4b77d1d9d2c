package theater.mesh.translation;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import theater.mesh.translation.cluster.Clusters;
import theater.mesh.translation.endpoint.Endpoints;
import theater.mesh.translation.listener.GatewayListeners;
import theater.mesh.translation.listener.InboundListeners;
import theater.mesh.translation.listener.OutboundListeners;
import theater.mesh.translation.route.GatewayRoutes;
import theater.mesh.translation.route.SidecarRoutes;
import theater.mesh.translation.rule.Gateways;
import theater.mesh.translation.rule.Gateways.Server;
import theater.mesh.view.ConfigObject;
import theater.mesh.view.MeshView;
import theater.mesh.view.Proxy;

/// The whole translation: a pure function. Equal input gives equal bytes. Never throws for what a
/// person wrote.
public final class Translation {

  /// Builds everything the proxy needs.
  public EnvoyConfig translate(MeshView view, Proxy proxy) {
    Sight sight = Sight.of(view, proxy);
    Clusters clusters = new Clusters(sight);
    Endpoints endpoints = new Endpoints(sight);
    List<Cluster> allClusters = new ArrayList<>(clusters.outbound());
    List<ClusterLoadAssignment> allEndpoints = new ArrayList<>(endpoints.outbound());
    List<Listener> listeners = new ArrayList<>();
    List<RouteConfiguration> routes = new ArrayList<>();
    if (sight.sidecar()) {
      InboundListeners inbound = new InboundListeners(sight);
      listeners.addAll(new OutboundListeners(sight).all());
      listeners.addAll(inbound.all());
      allClusters.addAll(inbound.clusters(clusters));
      routes.addAll(new SidecarRoutes(sight).all());
      routes.addAll(inbound.routes());
    } else {
      List<Server> servers = Gateways.of(sight);
      listeners.addAll(new GatewayListeners(sight).all(servers));
      routes.addAll(new GatewayRoutes(sight).all(servers));
      if (servers.stream().anyMatch(GatewayListeners::autoPassthrough)) {
        allClusters.addAll(clusters.bySni());
        allEndpoints.addAll(endpoints.bySni());
      }
    }
    sight.problems().addAll(MeshConfigFields.notModelled(view.mesh().config()));
    for (ConfigObject config : view.configs()) {
      sight.problems().addAll(NotModelled.in(config));
    }
    return new EnvoyConfig(
        sorted(listeners, Listener::getName),
        sorted(routes, RouteConfiguration::getName),
        sorted(allClusters, Cluster::getName),
        sorted(allEndpoints, ClusterLoadAssignment::getClusterName),
        sight.problems().list());
  }

  private static <T extends Message> List<T> sorted(List<T> resources, Function<T, String> name) {
    return resources.stream().sorted(Comparator.comparing(name)).toList();
  }
}
