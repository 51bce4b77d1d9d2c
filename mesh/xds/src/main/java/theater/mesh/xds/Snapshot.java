package theater.mesh.xds;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import theater.mesh.translation.EnvoyConfig;

/// Everything one proxy should have at a moment. Secrets are added for each stream.
final class Snapshot {
  private final long view;
  private final Map<ResourceKind, Map<String, Versioned>> resources =
      new EnumMap<>(ResourceKind.class);
  private final Map<String, String> endpointsOfCluster = new HashMap<>();
  private final Map<String, List<String>> routesOfListener = new HashMap<>();

  /// @param view number of the MeshView that it was made from
  Snapshot(long view, EnvoyConfig config) {
    this.view = view;
    for (ResourceKind kind : ResourceKind.values()) {
      resources.put(kind, new TreeMap<>());
    }
    for (Cluster cluster : config.clusters()) {
      put(ResourceKind.CLUSTER, Versioned.of(cluster.getName(), cluster));
      if (cluster.getType() == Cluster.DiscoveryType.EDS) {
        String service = cluster.getEdsClusterConfig().getServiceName();
        endpointsOfCluster.put(cluster.getName(), service.isEmpty() ? cluster.getName() : service);
      }
    }
    config
        .endpoints()
        .forEach(e -> put(ResourceKind.ENDPOINT, Versioned.of(e.getClusterName(), e)));
    config.routes().forEach(r -> put(ResourceKind.ROUTE, Versioned.of(r.getName(), r)));
    for (Listener listener : config.listeners()) {
      put(ResourceKind.LISTENER, Versioned.of(listener.getName(), listener));
      routesOfListener.put(listener.getName(), routes(listener));
    }
  }

  long view() {
    return view;
  }

  Map<String, Versioned> all(ResourceKind kind) {
    return resources.get(kind);
  }

  void put(ResourceKind kind, Versioned resource) {
    resources.get(kind).put(resource.name(), resource);
  }

  /// EDS names by cluster, for clusters that get their endpoints so.
  Map<String, String> endpointsOfCluster() {
    return endpointsOfCluster;
  }

  /// RDS names that a listener uses.
  List<String> routesOfListener(String listener) {
    return routesOfListener.getOrDefault(listener, List.of());
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
