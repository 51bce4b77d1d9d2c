package theater.mesh.translation.listener;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.Cors;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.ForwardClientCertDetails;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.ServerHeaderTransformation;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.UpgradeConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import java.util.List;
import theater.mesh.translation.names.Secrets;
import theater.mesh.translation.spec.GoDuration;
import theater.mesh.translation.telemetry.Side;
import theater.mesh.translation.telemetry.Telemetry;

/// The HTTP connection manager in its four uses. Fault and CORS filters stand ready and empty:
/// routes fill them, listeners stay as they are.
final class HttpConnectionFilter {
  static final String NAME = "envoy.filters.network.http_connection_manager";
  private static final String SERVER = "istio-envoy";

  private HttpConnectionFilter() {}

  /// A sidecar's outbound side: routes come by RDS.
  static Filter outbound(String statPrefix, String routes, Telemetry telemetry) {
    HttpConnectionManager.Builder manager = manager(statPrefix, List.of()).setRds(rds(routes));
    telemetry.tell(manager, Side.CLIENT);
    return filter(manager);
  }

  /// A sidecar's inbound side: one route to the application, written here or asked for by name.
  /// What a gateway says about its client's certificate is kept, the caller's own is added.
  static Filter inbound(
      String statPrefix,
      RouteConfiguration routes,
      boolean byName,
      List<HttpFilter> security,
      Telemetry telemetry) {
    HttpConnectionManager.Builder manager =
        manager(statPrefix, security)
            .setServerHeaderTransformation(ServerHeaderTransformation.PASS_THROUGH)
            .setForwardClientCertDetails(ForwardClientCertDetails.APPEND_FORWARD)
            .setAppendXForwardedPort(false);
    telemetry.tell(manager, Side.SERVER);
    if (byName) {
      manager.setRds(rds(routes.getName()));
    } else {
      manager.setRouteConfig(routes);
    }
    manager
        .getSetCurrentClientCertDetailsBuilder()
        .setUri(true)
        .setDns(true)
        .setSubject(BoolValue.of(true));
    return filter(manager);
  }

  /// A gateway: the caller is outside, its address counts, and its path is made regular before
  /// routes look at it.
  static Filter gateway(
      String statPrefix, String routes, List<HttpFilter> security, Telemetry telemetry) {
    HttpConnectionManager.Builder manager =
        manager(statPrefix, security)
            .setRds(rds(routes))
            .setUseRemoteAddress(BoolValue.of(true))
            .setStripMatchingHostPort(false)
            .setForwardClientCertDetails(ForwardClientCertDetails.SANITIZE_SET);
    telemetry.tell(manager, Side.CLIENT);
    manager
        .getSetCurrentClientCertDetailsBuilder()
        .setUri(true)
        .setDns(true)
        .setSubject(BoolValue.of(true));
    return filter(manager);
  }

  private static HttpConnectionManager.Builder manager(
      String statPrefix, List<HttpFilter> security) {
    return HttpConnectionManager.newBuilder()
        .setStatPrefix(statPrefix)
        .setServerName(SERVER)
        .setNormalizePath(BoolValue.of(true))
        .setUseRemoteAddress(BoolValue.of(false))
        .setStreamIdleTimeout(GoDuration.seconds(0))
        .addUpgradeConfigs(UpgradeConfig.newBuilder().setUpgradeType("websocket"))
        .addAllHttpFilters(security)
        .addHttpFilters(httpFilter("envoy.filters.http.fault", HTTPFault.getDefaultInstance()))
        .addHttpFilters(httpFilter("envoy.filters.http.cors", Cors.getDefaultInstance()))
        .addHttpFilters(httpFilter("envoy.filters.http.router", Router.getDefaultInstance()));
  }

  private static Rds rds(String routes) {
    return Rds.newBuilder().setRouteConfigName(routes).setConfigSource(Secrets.source(0)).build();
  }

  private static HttpFilter httpFilter(String name, Message config) {
    return HttpFilter.newBuilder().setName(name).setTypedConfig(Any.pack(config)).build();
  }

  private static Filter filter(HttpConnectionManager.Builder manager) {
    return Filter.newBuilder().setName(NAME).setTypedConfig(Any.pack(manager.build())).build();
  }
}
