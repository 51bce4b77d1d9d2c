package theater.mesh.translation.route;

import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.config.route.v3.RouteAction.RequestMirrorPolicy;
import java.util.ArrayList;
import java.util.List;
import theater.mesh.translation.spec.SpecNode;

/// Sends a copy of calls elsewhere and throws the answers away; a copy is not traced. Istio:
/// http.mirror and http.mirrors; Envoy: request_mirror_policies. A percentage without a value is 0.
final class Mirror implements HttpRouteFeature {

  @Override
  public List<String> fields() {
    List<String> result =
        new ArrayList<>(
            List.of(
                "mirrorPercentage.value",
                "mirrorPercent",
                "mirror_percent",
                "mirrors[].percentage.value"));
    for (String field : DestinationCluster.FIELDS) {
      result.add("mirror." + field);
      result.add("mirrors[].destination." + field);
    }
    return result;
  }

  @Override
  public void apply(RouteDraft draft) {
    SpecNode mirror = draft.http.at("mirror");
    if (mirror.present()) {
      SpecNode share = draft.http.at("mirrorPercentage");
      double percent =
          share.present()
              ? share.at("value").number().orElse(0.0)
              : draft.http.either("mirrorPercent", "mirror_percent").unsigned().orElse(100);
      add(draft, mirror, percent);
    }
    draft
        .http
        .at("mirrors")
        .items()
        .forEach(copy -> {
          double whole = copy.at("percentage").present() ? 0 : 100;
          add(draft, copy.at("destination"), copy.at("percentage", "value").number().orElse(whole));
        });
  }

  private static void add(RouteDraft draft, SpecNode destination, double percent) {
    if (percent > 0) {
      draft.action.addRequestMirrorPolicies(
          RequestMirrorPolicy.newBuilder()
              .setCluster(DestinationCluster.of(draft.scope, draft.namespace, destination).text())
              .setTraceSampled(BoolValue.of(false))
              .setRuntimeFraction(
                  RuntimeFractionalPercent.newBuilder().setDefaultValue(Percentage.of(percent))));
    }
  }
}
