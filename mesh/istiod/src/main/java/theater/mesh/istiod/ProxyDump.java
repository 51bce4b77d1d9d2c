package theater.mesh.istiod;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.admin.v3.ClustersConfigDump;
import io.envoyproxy.envoy.admin.v3.ConfigDump;
import io.envoyproxy.envoy.admin.v3.EndpointsConfigDump;
import io.envoyproxy.envoy.admin.v3.ListenersConfigDump;
import io.envoyproxy.envoy.admin.v3.RoutesConfigDump;
import java.util.ArrayList;
import java.util.List;
import theater.mesh.translation.EnvoyTypes;
import theater.mesh.xds.ResourceKind;
import theater.mesh.xds.Versioned;

/// What an Envoy should have, in the form of Envoy's own `/config_dump`, so that istioctl can show
/// the difference. Without secrets.
final class ProxyDump {
  private ProxyDump() {}

  static List<Any> of(ConnectedProxy proxy) {
    ClustersConfigDump.Builder clusters = ClustersConfigDump.newBuilder();
    for (Versioned cluster : proxy.resources(ResourceKind.CLUSTER)) {
      clusters
          .addDynamicActiveClustersBuilder()
          .setVersionInfo(cluster.version())
          .setCluster(cluster.body());
    }
    ListenersConfigDump.Builder listeners = ListenersConfigDump.newBuilder();
    for (Versioned listener : proxy.resources(ResourceKind.LISTENER)) {
      listeners
          .addDynamicListenersBuilder()
          .setName(listener.name())
          .getActiveStateBuilder()
          .setVersionInfo(listener.version())
          .setListener(listener.body());
    }
    RoutesConfigDump.Builder routes = RoutesConfigDump.newBuilder();
    for (Versioned route : proxy.resources(ResourceKind.ROUTE)) {
      routes
          .addDynamicRouteConfigsBuilder()
          .setVersionInfo(route.version())
          .setRouteConfig(route.body());
    }
    List<Any> dumps = new ArrayList<>();
    dumps.add(Any.pack(clusters.build()));
    dumps.add(Any.pack(listeners.build()));
    dumps.add(Any.pack(routes.build()));
    return dumps;
  }

  private static Any endpoints(ConnectedProxy proxy) {
    EndpointsConfigDump.Builder endpoints = EndpointsConfigDump.newBuilder();
    for (Versioned endpoint : proxy.resources(ResourceKind.ENDPOINT)) {
      endpoints
          .addDynamicEndpointConfigsBuilder()
          .setVersionInfo(endpoint.version())
          .setEndpointConfig(endpoint.body());
    }
    return Any.pack(endpoints.build());
  }

  /// With endpoints, as `/debug/config_dump?include_eds` has them.
  static String json(ConnectedProxy proxy) {
    ConfigDump dump =
        ConfigDump.newBuilder().addAllConfigs(of(proxy)).addConfigs(endpoints(proxy)).build();
    return print(dump);
  }

  /// `/debug/edsz`: a list of ClusterLoadAssignment.
  static String endpointsJson(ConnectedProxy proxy) {
    List<String> all = new ArrayList<>();
    for (Versioned endpoint : proxy.resources(ResourceKind.ENDPOINT)) {
      all.add(print(endpoint.body()));
    }
    return "[" + String.join(",\n", all) + "]";
  }

  private static String print(com.google.protobuf.Message message) {
    try {
      return JsonFormat.printer().usingTypeRegistry(EnvoyTypes.in(List.of(message))).print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a resource that was sent cannot be printed", e);
    }
  }
}
