package theater.mesh.world;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.admin.v3.ClustersConfigDump;
import io.envoyproxy.envoy.admin.v3.ConfigDump;
import io.envoyproxy.envoy.admin.v3.EndpointsConfigDump;
import io.envoyproxy.envoy.admin.v3.ListenersConfigDump;
import io.envoyproxy.envoy.admin.v3.RoutesConfigDump;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.access_loggers.file.v3.FileAccessLog;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBACPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.listener.http_inspector.v3.HttpInspector;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import io.envoyproxy.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import io.envoyproxy.envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import theater.mesh.translation.EnvoyConfig;

/// A translation as JSON in the shape of Envoy's `/config_dump?include_eds`.
public final class ConfigDumpJson {
  private static final TypeRegistry TYPES =
      TypeRegistry.newBuilder()
          .add(ClustersConfigDump.getDescriptor())
          .add(EndpointsConfigDump.getDescriptor())
          .add(ListenersConfigDump.getDescriptor())
          .add(RoutesConfigDump.getDescriptor())
          .add(Cluster.getDescriptor())
          .add(ClusterLoadAssignment.getDescriptor())
          .add(Listener.getDescriptor())
          .add(RouteConfiguration.getDescriptor())
          .add(CorsPolicy.getDescriptor())
          .add(HTTPFault.getDescriptor())
          .add(Router.getDescriptor())
          .add(HttpInspector.getDescriptor())
          .add(TlsInspector.getDescriptor())
          .add(HttpConnectionManager.getDescriptor())
          .add(TcpProxy.getDescriptor())
          .add(PreviousHostsPredicate.getDescriptor())
          .add(PreviousPrioritiesConfig.getDescriptor())
          .add(RawBuffer.getDescriptor())
          .add(UpstreamTlsContext.getDescriptor())
          .add(DownstreamTlsContext.getDescriptor())
          .add(UriTemplateMatchConfig.getDescriptor())
          .add(JwtAuthentication.getDescriptor())
          .add(RBACPerRoute.getDescriptor())
          .add(ExtAuthz.getDescriptor())
          .add(io.envoyproxy.envoy.extensions.filters.network.ext_authz.v3.ExtAuthz.getDescriptor())
          .add(FileAccessLog.getDescriptor())
          .add(io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC.getDescriptor())
          .add(HttpProtocolOptions.getDescriptor())
          .build();

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
          .usingTypeRegistry(TYPES)
          .preservingProtoFieldNames()
          .print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message of a type that the dump does not know", e);
    }
  }
}
