package theater.mesh.xds;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import theater.mesh.translation.EnvoyConfig;

/// Everything one proxy should have at a moment. Secrets are added for each stream. The resources
/// of a type that are as in the snapshot before are the same map, so that nobody compares them.
final class Snapshot {
  private final long view;
  private final EnvoyConfig config;
  private final Map<ResourceKind, Map<String, Versioned>> resources =
      new EnumMap<>(ResourceKind.class);
  private final Map<String, String> endpointsOfCluster;
  private final Map<String, List<String>> routesOfListener;

  /// @param view number of the MeshView that it was made from
  /// @param before the proxy's last one, or null
  Snapshot(long view, EnvoyConfig config, Snapshot before, Bodies bodies) {
    this.view = view;
    this.config = config;
    EnvoyConfig old = before == null ? null : before.config;
    boolean sameClusters = old != null && old.clusters() == config.clusters();
    boolean sameEndpoints = old != null && old.endpoints() == config.endpoints();
    boolean sameListeners = old != null && old.listeners() == config.listeners();
    boolean sameRoutes = old != null && old.routes() == config.routes();
    resources.put(
        ResourceKind.CLUSTER,
        sameClusters
            ? before.all(ResourceKind.CLUSTER)
            : byName(config.clusters(), Cluster::getName, bodies));
    resources.put(
        ResourceKind.ENDPOINT,
        sameEndpoints
            ? before.all(ResourceKind.ENDPOINT)
            : byName(config.endpoints(), ClusterLoadAssignment::getClusterName, bodies));
    resources.put(
        ResourceKind.LISTENER,
        sameListeners
            ? before.all(ResourceKind.LISTENER)
            : byName(config.listeners(), Listener::getName, bodies));
    resources.put(
        ResourceKind.ROUTE,
        sameRoutes
            ? before.all(ResourceKind.ROUTE)
            : byName(config.routes(), RouteConfiguration::getName, bodies));
    resources.put(ResourceKind.SECRET, before == null ? Map.of() : before.all(ResourceKind.SECRET));
    endpointsOfCluster =
        sameClusters ? before.endpointsOfCluster : endpointsOfCluster(config.clusters());
    routesOfListener =
        sameListeners ? before.routesOfListener : routesOfListener(config.listeners());
  }

  private static <T extends Message> Map<String, Versioned> byName(
      List<T> messages, Function<T, String> name, Bodies bodies) {
    Map<String, Versioned> result = new LinkedHashMap<>();
    for (T message : messages) {
      result.put(name.apply(message), bodies.of(name.apply(message), message));
    }
    return result;
  }

  long view() {
    return view;
  }

  /// By name. The same map for as long as nothing in it changed.
  Map<String, Versioned> all(ResourceKind kind) {
    return resources.get(kind);
  }

  void put(ResourceKind kind, Versioned resource) {
    Map<String, Versioned> next = new LinkedHashMap<>(resources.get(kind));
    next.put(resource.name(), resource);
    resources.put(kind, next);
  }

  /// EDS names by cluster, for clusters that get their endpoints so.
  Map<String, String> endpointsOfCluster() {
    return endpointsOfCluster;
  }

  private static Map<String, String> endpointsOfCluster(List<Cluster> clusters) {
    Map<String, String> result = new HashMap<>();
    for (Cluster cluster : clusters) {
      if (cluster.getType() == Cluster.DiscoveryType.EDS) {
        String service = cluster.getEdsClusterConfig().getServiceName();
        result.put(cluster.getName(), service.isEmpty() ? cluster.getName() : service);
      }
    }
    return result;
  }

  /// RDS names that a listener uses.
  List<String> routesOfListener(String listener) {
    return routesOfListener.getOrDefault(listener, List.of());
  }

  private static Map<String, List<String>> routesOfListener(List<Listener> listeners) {
    Map<String, List<String>> result = new HashMap<>();
    listeners.forEach(listener -> result.put(listener.getName(), routes(listener)));
    return result;
  }

  private static List<String> routes(Listener listener) {
    List<String> names = new ArrayList<>();
    List<FilterChain> chains = new ArrayList<>(listener.getFilterChainsList());
    if (listener.hasDefaultFilterChain()) {
      chains.add(listener.getDefaultFilterChain());
    }
    for (FilterChain chain : chains) {
      for (Filter filter : chain.getFiltersList()) {
        if (filter.getTypedConfig().is(HttpConnectionManager.class)) {
          try {
            HttpConnectionManager http =
                filter.getTypedConfig().unpack(HttpConnectionManager.class);
            if (http.hasRds()) {
              names.add(http.getRds().getRouteConfigName());
            }
          } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(
                "listener " + listener.getName() + " has a filter that cannot be read", e);
          }
        }
      }
    }
    return names;
  }
}
