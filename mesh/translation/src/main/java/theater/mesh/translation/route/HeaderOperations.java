package theater.mesh.translation.route;

import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster.ClusterWeight;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
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
        removed(headers.at("request")),
        added(headers.at("response"), new StringBuilder()),
        removed(headers.at("response")),
        authority.toString());
  }

  private static List<HeaderValueOption> added(SpecNode way, StringBuilder authority) {
    List<HeaderValueOption> result = new ArrayList<>();
    for (String operation : List.of("set", "add")) {
      new TreeMap<>(way.at(operation).texts())
          .forEach((name, value) -> {
            if (name.equalsIgnoreCase(":authority") || name.equalsIgnoreCase("host")) {
              if (authority.isEmpty()) {
                authority.append(value);
              }
            } else if (SpecNode.headerName(name) && !name.startsWith(":")) {
              result.add(
                  option(
                      name,
                      value,
                      operation.equals("set")
                          ? HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD
                          : HeaderAppendAction.APPEND_IF_EXISTS_OR_ADD));
            }
          });
    }
    return result;
  }

  private static List<String> removed(SpecNode way) {
    return way.at("remove").textItems().stream()
        .filter(name -> SpecNode.headerName(name) && !name.startsWith(":"))
        .filter(name -> !name.equalsIgnoreCase("host"))
        .toList();
  }

  private static HeaderValueOption option(String name, String value, HeaderAppendAction action) {
    return HeaderValueOption.newBuilder()
        .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value))
        .setAppendAction(action)
        .build();
  }

  /// Those of a route come before those of its only destination.
  void applyTo(Route.Builder route) {
    route
        .addAllRequestHeadersToAdd(request)
        .addAllRequestHeadersToRemove(requestRemoved)
        .addAllResponseHeadersToAdd(response)
        .addAllResponseHeadersToRemove(responseRemoved);
  }

  void applyTo(ClusterWeight.Builder share) {
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
