package theater.mesh.translation.route;

import java.time.Duration;
import java.util.List;
import theater.mesh.translation.spec.GoDuration;

/// How long a call may take. Istio: http.timeout; Envoy: RouteAction.timeout, written out as 0
/// (none) because Envoy's own default is 15 s.
final class Timeout implements HttpRouteFeature {

  @Override
  public List<String> fields() {
    return List.of("timeout");
  }

  @Override
  public void apply(RouteDraft draft) {
    draft.action.setTimeout(
        GoDuration.proto(draft.http.at("timeout").duration().orElse(Duration.ZERO)));
  }
}
