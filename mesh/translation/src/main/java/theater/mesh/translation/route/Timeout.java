package theater.mesh.translation.route;

import io.envoyproxy.envoy.config.route.v3.RouteAction;
import java.time.Duration;
import java.util.List;
import theater.mesh.translation.spec.GoDuration;

/// How long a call may take. Istio: http.timeout; Envoy: RouteAction.timeout, written out as 0
/// (none) because Envoy's own default is 15 s. A gRPC caller's own `grpc-timeout` may shorten it.
final class Timeout implements HttpRouteFeature {

  @Override
  public List<String> fields() {
    return List.of("timeout");
  }

  @Override
  public void apply(RouteDraft draft) {
    set(draft.http.at("timeout").duration().orElse(Duration.ZERO), draft.action);
  }

  /// The newer field for gRPC, max_stream_duration, would end streams, too; so Istio keeps this.
  @SuppressWarnings("deprecation")
  static void set(Duration time, RouteAction.Builder action) {
    action.setTimeout(GoDuration.proto(time)).setMaxGrpcTimeout(GoDuration.proto(time));
  }
}
