package theater.mesh.world;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.admin.v3.ClustersConfigDump;
import io.envoyproxy.envoy.admin.v3.ConfigDump;
import io.envoyproxy.envoy.admin.v3.EndpointsConfigDump;
import io.envoyproxy.envoy.admin.v3.ListenersConfigDump;
import io.envoyproxy.envoy.admin.v3.RoutesConfigDump;
import java.util.List;
import theater.mesh.translation.EnvoyConfig;
import theater.mesh.translation.EnvoyTypes;

/// A translation as JSON in the shape of Envoy's `/config_dump?include_eds`.
public final class ConfigDumpJson {
  private ConfigDumpJson() {}

  /// The whole dump.
  public static String of(EnvoyConfig config) {
    ClustersConfigDump.Builder clusters = ClustersConfigDump.newBuilder();
    config
        .clusters()
        .forEach(
            cluster -> clusters.addDynamicActiveClustersBuilder().setCluster(Any.pack(cluster)));
    EndpointsConfigDump.Builder endpoints = EndpointsConfigDump.newBuilder();
    config
        .endpoints()
        .forEach(endpoint ->
            endpoints.addDynamicEndpointConfigsBuilder().setEndpointConfig(Any.pack(endpoint)));
    ListenersConfigDump.Builder listeners = ListenersConfigDump.newBuilder();
    config
        .listeners()
        .forEach(listener ->
            listeners
                .addDynamicListenersBuilder()
                .setName(listener.getName())
                .getActiveStateBuilder()
                .setListener(Any.pack(listener)));
    RoutesConfigDump.Builder routes = RoutesConfigDump.newBuilder();
    config
        .routes()
        .forEach(route -> routes.addDynamicRouteConfigsBuilder().setRouteConfig(Any.pack(route)));
    return json(
        ConfigDump.newBuilder()
            .addConfigs(Any.pack(clusters.build()))
            .addConfigs(Any.pack(endpoints.build()))
            .addConfigs(Any.pack(listeners.build()))
            .addConfigs(Any.pack(routes.build()))
            .build());
  }

  /// Any of Envoy's messages, with proto field names.
  public static String json(Message message) {
    try {
      return JsonFormat.printer()
          .usingTypeRegistry(EnvoyTypes.in(List.of(message)))
          .preservingProtoFieldNames()
          .print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message of a type that the dump does not know", e);
    }
  }
}
