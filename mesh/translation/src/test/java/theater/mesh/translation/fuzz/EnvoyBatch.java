package theater.mesh.translation.fuzz;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import theater.mesh.translation.EnvoyConfig;

/// What many translations made, in one bootstrap that Envoy can validate: each different resource
/// once, under a name and at a port of its own; routes and endpoints put in place.
final class EnvoyBatch {
  private static final int FIRST_PORT = 1;
  private static final int PORTS = 60_000;

  private final Bootstrap.Builder bootstrap = Bootstrap.newBuilder();
  private final Set<Object> known = new HashSet<>();
  private int listeners;

  EnvoyBatch(List<EnvoyConfig> configs) {
    bootstrap.getNodeBuilder().setId("fuzz").setCluster("fuzz");
    bootstrap
        .getStaticResourcesBuilder()
        .addClustersBuilder()
        .setName("xds")
        .setType(Cluster.DiscoveryType.STATIC);
    configs.forEach(this::add);
  }

  byte[] bytes() {
    return bootstrap.build().toByteArray();
  }

  private void add(EnvoyConfig config) {
    Map<String, ClusterLoadAssignment> endpoints = new HashMap<>();
    config.endpoints().forEach(one -> endpoints.put(one.getClusterName(), one));
    for (Cluster cluster : config.clusters()) {
      Cluster.Builder placed = cluster.toBuilder();
      if (cluster.getType() == Cluster.DiscoveryType.EDS) {
        placed
            .clearEdsClusterConfig()
            .setType(Cluster.DiscoveryType.STATIC)
            .setLoadAssignment(endpoints.get(cluster.getName()));
      }
      if (known.add(placed.build())) {
        bootstrap
            .getStaticResourcesBuilder()
            .addClusters(
                (Cluster)
                    WithoutAds.of(placed.setName(cluster.getName() + "#" + known.size()).build()));
      }
    }
    Map<String, RouteConfiguration> routes = new HashMap<>();
    config.routes().forEach(one -> routes.put(one.getName(), one));
    config.listeners().forEach(listener -> add(listener, routes));
  }

  private void add(Listener listener, Map<String, RouteConfiguration> routes) {
    Listener.Builder placed = listener.toBuilder();
    try {
      for (FilterChain.Builder chain : placed.getFilterChainsBuilderList()) {
        place(chain, routes);
      }
      if (placed.hasDefaultFilterChain()) {
        place(placed.getDefaultFilterChainBuilder(), routes);
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
    if (known.add(placed.build())) {
      int port = FIRST_PORT + listeners % PORTS;
      placed.setName(listener.getName() + "#" + listeners);
      placed.clearAdditionalAddresses();
      placed
          .getAddressBuilder()
          .getSocketAddressBuilder()
          .setAddress("127.9." + listeners / PORTS + ".1")
          .setPortValue(port);
      listeners++;
      bootstrap.getStaticResourcesBuilder().addListeners((Listener) WithoutAds.of(placed.build()));
    }
  }

  private static void place(FilterChain.Builder chain, Map<String, RouteConfiguration> routes)
      throws InvalidProtocolBufferException {
    for (Filter.Builder filter : chain.getFiltersBuilderList()) {
      if (filter.getTypedConfig().is(HttpConnectionManager.class)) {
        HttpConnectionManager manager = filter.getTypedConfig().unpack(HttpConnectionManager.class);
        RouteConfiguration found = routes.get(manager.getRds().getRouteConfigName());
        if (manager.hasRds() && found != null) {
          filter.setTypedConfig(Any.pack(manager.toBuilder().setRouteConfig(found).build()));
        }
      }
    }
  }
}
