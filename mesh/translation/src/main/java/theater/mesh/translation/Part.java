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
import theater.mesh.translation.cluster.SniClusters;
import theater.mesh.translation.endpoint.Endpoints;
import theater.mesh.translation.listener.GatewayListeners;
import theater.mesh.translation.listener.InboundListeners;
import theater.mesh.translation.listener.OutboundListeners;
import theater.mesh.translation.route.GatewayRoutes;
import theater.mesh.translation.route.SidecarRoutes;
import theater.mesh.translation.rule.Gateways;
import theater.mesh.translation.rule.Gateways.Server;

/// The resources of one type, sorted by name.
enum Part {
  CLUSTERS {
    @Override
    List<Cluster> of(Sight sight) {
      Clusters clusters = new Clusters(sight);
      List<Cluster> all = new ArrayList<>(clusters.outbound());
      if (sight.sidecar()) {
        all.addAll(InboundListeners.clusters(sight));
      } else if (passesOn(Gateways.of(sight))) {
        all.addAll(new SniClusters(sight).all());
      }
      return sorted(all, Cluster::getName);
    }
  },
  ENDPOINTS {
    @Override
    List<ClusterLoadAssignment> of(Sight sight) {
      Endpoints endpoints = new Endpoints(sight);
      List<ClusterLoadAssignment> all = new ArrayList<>(endpoints.outbound());
      if (!sight.sidecar() && passesOn(Gateways.of(sight))) {
        all.addAll(endpoints.bySni());
      }
      return sorted(all, ClusterLoadAssignment::getClusterName);
    }
  },
  LISTENERS {
    @Override
    List<Listener> of(Sight sight) {
      List<Listener> all = new ArrayList<>();
      if (sight.sidecar()) {
        all.addAll(new OutboundListeners(sight).all());
        all.addAll(InboundListeners.of(sight));
      } else {
        all.addAll(new GatewayListeners(sight).all(Gateways.of(sight)));
      }
      return sorted(all, Listener::getName);
    }
  },
  ROUTES {
    @Override
    List<RouteConfiguration> of(Sight sight) {
      List<RouteConfiguration> all = new ArrayList<>();
      if (sight.sidecar()) {
        all.addAll(new SidecarRoutes(sight).all());
        all.addAll(InboundListeners.routes(sight));
      } else {
        all.addAll(new GatewayRoutes(sight).all(Gateways.of(sight)));
      }
      return sorted(all, RouteConfiguration::getName);
    }
  };

  abstract List<? extends Message> of(Sight sight);

  private static boolean passesOn(List<Server> servers) {
    return servers.stream().anyMatch(GatewayListeners::autoPassthrough);
  }

  private static <T extends Message> List<T> sorted(List<T> resources, Function<T, String> name) {
    return resources.stream().sorted(Comparator.comparing(name)).toList();
  }
}
