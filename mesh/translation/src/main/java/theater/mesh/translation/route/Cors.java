package theater.mesh.translation.route;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import java.util.List;
import theater.mesh.translation.spec.SpecNode;

/// What pages of other origins may do. Istio: http.corsPolicy; Envoy: CorsPolicy on the route.
final class Cors implements HttpRouteFeature {
  static final String FILTER = "envoy.filters.http.cors";

  @Override
  public List<String> fields() {
    return List.of(
        "corsPolicy.allowOrigin[]",
        "corsPolicy.allowOrigins[].exact",
        "corsPolicy.allowOrigins[].prefix",
        "corsPolicy.allowOrigins[].regex",
        "corsPolicy.allowMethods[]",
        "corsPolicy.allowHeaders[]",
        "corsPolicy.exposeHeaders[]",
        "corsPolicy.maxAge",
        "corsPolicy.allowCredentials",
        "corsPolicy.unmatchedPreflights");
  }

  @Override
  public void apply(RouteDraft draft) {
    SpecNode cors = draft.http.at("corsPolicy");
    if (!cors.present()) {
      return;
    }
    CorsPolicy.Builder policy = CorsPolicy.newBuilder();
    cors.at("allowOrigins")
        .items()
        .forEach(origin -> TextMatch.of(origin).ifPresent(policy::addAllowOriginStringMatch));
    if (!cors.at("allowOrigins").present()) {
      cors.at("allowOrigin")
          .textItems()
          .forEach(origin -> policy.addAllowOriginStringMatchBuilder().setExact(origin));
    }
    policy.setAllowMethods(String.join(",", cors.at("allowMethods").textItems()));
    policy.setAllowHeaders(String.join(",", cors.at("allowHeaders").textItems()));
    policy.setExposeHeaders(String.join(",", cors.at("exposeHeaders").textItems()));
    cors.at("maxAge").duration().ifPresent(age -> policy.setMaxAge(Long.toString(age.toSeconds())));
    if (cors.at("allowCredentials").present()) {
      policy.setAllowCredentials(BoolValue.of(cors.at("allowCredentials").flag()));
    }
    policy.setForwardNotMatchingPreflights(
        BoolValue.of(!cors.at("unmatchedPreflights").textOr("FORWARD").equals("IGNORE")));
    draft.route.putTypedPerFilterConfig(FILTER, Any.pack(policy.build()));
  }
}
