package theater.mesh.translation.route;

import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster.ClusterWeight;
import java.util.ArrayList;
import java.util.List;
import theater.mesh.translation.spec.SpecNode;

/// Headers set, added and removed on the way. Istio: http.headers and http.route.headers; Envoy:
/// request_headers_to_add and its brothers. A request header `host` or `:authority` that is set
/// rewrites the host.
record HeaderOperations(
    List<HeaderValueOption> request,
    List<String> requestRemoved,
    List<HeaderValueOption> response,
    List<String> responseRemoved,
    String authority) {
  static final List<String> FIELDS =
      List.of(
          "request.set.*",
          "request.add.*",
          "request.remove[]",
          "response.set.*",
          "response.add.*",
          "response.remove[]");

  static HeaderOperations of(SpecNode headers) {
    StringBuilder authority = new StringBuilder();
    return new HeaderOperations(
        added(headers.at("request"), authority),
        headers.at("request", "remove").textItems(),
        added(headers.at("response"), new StringBuilder()),
        headers.at("response", "remove").textItems(),
        authority.toString());
  }

  private static List<HeaderValueOption> added(SpecNode way, StringBuilder authority) {
    List<HeaderValueOption> result = new ArrayList<>();
    way.at("set")
        .texts()
        .forEach((name, value) -> {
          if (name.equalsIgnoreCase(":authority") || name.equalsIgnoreCase("host")) {
            authority.append(value);
          } else if (SpecNode.headerName(name)) {
            result.add(option(name, value, HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD));
          }
        });
    way.at("add")
        .texts()
        .forEach((name, value) ->
            result.add(option(name, value, HeaderAppendAction.APPEND_IF_EXISTS_OR_ADD)));
    return result;
  }

  private static HeaderValueOption option(String name, String value, HeaderAppendAction action) {
    return HeaderValueOption.newBuilder()
        .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value))
        .setAppendAction(action)
        .build();
  }

  void applyTo(Route.Builder route) {
    route
        .addAllRequestHeadersToAdd(request)
        .addAllRequestHeadersToRemove(requestRemoved)
        .addAllResponseHeadersToAdd(response)
        .addAllResponseHeadersToRemove(responseRemoved);
  }

  void applyTo(ClusterWeight.Builder share, RouteDraft draft) {
    share
        .addAllRequestHeadersToAdd(request)
        .addAllRequestHeadersToRemove(requestRemoved)
        .addAllResponseHeadersToAdd(response)
        .addAllResponseHeadersToRemove(responseRemoved);
    if (!authority.isEmpty()) {
      share.setHostRewriteLiteral(authority);
    }
  }
}
