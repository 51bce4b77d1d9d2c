package theater.mesh.translation.route;

import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.QueryParameterMatcher;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import theater.mesh.translation.rule.VirtualServices;
import theater.mesh.translation.spec.SpecNode;

/// Which calls a route takes. Istio: http.match (elements are alternatives, fields of one element
/// must all hold); Envoy: RouteMatch.
final class Matches {
  private static final List<String> TEXT = List.of("exact", "prefix", "regex");

  /// Stands for an expression that could not be read: no path.
  private static final String NOTHING = "\\A\\z";

  private Matches() {}

  static List<String> fields() {
    List<String> result =
        new ArrayList<>(
            List.of(
                "name",
                "statPrefix",
                "ignoreUriCase",
                "port",
                "gateways[]",
                "sourceLabels.*",
                "sourceNamespace"));
    for (String kind : TEXT) {
      for (String field :
          List.of(
              "uri",
              "scheme",
              "method",
              "authority",
              "headers.*",
              "queryParams.*",
              "withoutHeaders.*")) {
        result.add(field + "." + kind);
      }
    }
    return result;
  }

  /// Whether an element can ever hold for the scope: the port, the gateway and the proxy's labels
  /// and namespace are known beforehand. Where gateways are named, labels are not looked at.
  static boolean concerns(SpecNode match, RouteScope scope, String ruleNamespace) {
    if (match.at("port").unsigned().filter(port -> port != 0 && port != scope.port()).isPresent()) {
      return false;
    }
    List<String> gateways = match.at("gateways").textItems();
    if (!gateways.isEmpty()) {
      return gateways.stream()
          .anyMatch(name -> VirtualServices.inFull(name, ruleNamespace).equals(scope.gateway()));
    }
    Map<String, String> labels = match.at("sourceLabels").texts();
    String namespace = match.at("sourceNamespace").textOr("");
    return scope.sight().labelled(labels) && (namespace.isEmpty() || scope.sight().in(namespace));
  }

  static RouteMatch of(SpecNode match, boolean pathElements) {
    RouteMatch.Builder result = RouteMatch.newBuilder();
    SpecNode uri = match.at("uri");
    if (uri.at("exact").present()) {
      result.setPath(uri.at("exact").textOr(""));
    } else if (uri.at("regex").present()) {
      result.getSafeRegexBuilder().setRegex(uri.at("regex").regex().orElse(NOTHING));
    } else {
      String prefix = uri.at("prefix").textOr("/");
      if (pathElements && !prefix.equals("/")) {
        result.setPathSeparatedPrefix(prefix.replaceFirst("/$", ""));
      } else {
        result.setPrefix(prefix);
      }
    }
    if (match.at("ignoreUriCase").flag()) {
      result.setCaseSensitive(BoolValue.of(false));
    }
    match
        .at("headers")
        .entries()
        .forEach((name, written) ->
            claim(name, written)
                .ifPresentOrElse(
                    result::addDynamicMetadata, () -> result.addHeaders(header(name, written))));
    match
        .at("withoutHeaders")
        .entries()
        .forEach((name, written) ->
            claim(name, written)
                .ifPresentOrElse(
                    claim -> result.addDynamicMetadata(claim.setInvert(true)),
                    () -> result.addHeaders(without(name, written))));
    pseudo(":method", match.at("method"), result);
    pseudo(":authority", match.at("authority"), result);
    pseudo(":scheme", match.at("scheme"), result);
    match
        .at("queryParams")
        .entries()
        .forEach((name, written) -> result.addQueryParameters(query(name, written)));
    return result.build();
  }

  /// Whether nothing but the path `/` is asked for, so that nothing after this route is reached.
  static boolean everything(RouteMatch match) {
    boolean path =
        match.getPrefix().equals("/")
            || match.hasSafeRegex() && match.getSafeRegex().getRegex().equals(".*");
    return path
        && match.getHeadersCount() == 0
        && match.getQueryParametersCount() == 0
        && match.getDynamicMetadataCount() == 0;
  }

  private static Optional<MetadataMatcher.Builder> claim(String name, SpecNode written) {
    return TextMatch.of(written).flatMap(text -> ClaimMatch.of(name, text));
  }

  private static void pseudo(String name, SpecNode written, RouteMatch.Builder result) {
    if (written.present()) {
      result.addHeaders(header(name, written));
    }
  }

  private static HeaderMatcher.Builder header(String name, SpecNode written) {
    if (!SpecNode.headerName(name)) {
      written.malformed("a header name, not \"" + name + "\"");
    }
    HeaderMatcher.Builder header =
        HeaderMatcher.newBuilder()
            .setName(SpecNode.headerName(name) ? name : "x-not-a-header-name");
    TextMatch.of(written)
        .ifPresentOrElse(header::setStringMatch, () -> header.setPresentMatch(true));
    return header;
  }

  /// A value that must not be there: a missing header is fine.
  private static HeaderMatcher.Builder without(String name, SpecNode written) {
    HeaderMatcher.Builder header = header(name, written).setInvertMatch(true);
    return header.hasStringMatch() ? header.setTreatMissingHeaderAsEmpty(true) : header;
  }

  private static QueryParameterMatcher.Builder query(String name, SpecNode written) {
    QueryParameterMatcher.Builder query = QueryParameterMatcher.newBuilder().setName(name);
    TextMatch.of(written).ifPresentOrElse(query::setStringMatch, () -> query.setPresentMatch(true));
    return query;
  }
}
