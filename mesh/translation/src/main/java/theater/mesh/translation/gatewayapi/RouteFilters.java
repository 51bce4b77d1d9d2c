package theater.mesh.translation.gatewayapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import theater.mesh.translation.spec.Re2;
import theater.mesh.translation.spec.SpecNode;

/// Filters of a route or a backend, as fields of Istio's HTTPRoute.
final class RouteFilters {
  private static final String MIRROR = "RequestMirror";
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0a-\\x1f\\x7f]");
  private static final String ANY_ORIGIN = "^[a-zA-Z][a-zA-Z0-9+.-]*://[^/\\s?#]+$";

  private final Backends backends;
  private final String kind;
  private final String namespace;
  private final boolean granted;

  RouteFilters(Backends backends, String kind, String namespace, boolean granted) {
    this.backends = backends;
    this.kind = kind;
    this.namespace = namespace;
    this.granted = granted;
  }

  /// Those of a rule.
  ///
  /// @param late what is wrong with copies: told after what is wrong with the backends
  void ofRule(SpecNode filters, ObjectNode http, List<RouteError> errors, List<RouteError> late) {
    boolean grpc = kind.equals("GRPCRoute");
    for (SpecNode filter : filters.items()) {
      String type = filter.at("type").textOr("");
      switch (grpc && !type.equals(MIRROR) ? "" : type) {
        case "RequestRedirect" -> http.set("redirect", redirect(filter.at("requestRedirect")));
        case "URLRewrite" -> rewrite(filter.at("urlRewrite"), http);
        case MIRROR -> mirror(filter.at("requestMirror"), http, grpc ? errors : late);
        case "CORS" -> http.set("corsPolicy", cors(filter.at("cors")));
        default -> headers(filter, http, errors);
      }
    }
  }

  /// Those of a backend: only headers can be changed there.
  void ofBackend(SpecNode filters, ObjectNode destination, List<RouteError> errors) {
    filters.items().forEach(filter -> headers(filter, destination, errors));
  }

  private static void headers(SpecNode filter, ObjectNode target, List<RouteError> errors) {
    String type = filter.at("type").textOr("");
    boolean request = type.equals("RequestHeaderModifier");
    if (!request && !type.equals("ResponseHeaderModifier")) {
      errors.add(RouteError.broken("InvalidFilter", "unsupported filter type \"" + type + "\""));
      return;
    }
    SpecNode written = filter.at(request ? "requestHeaderModifier" : "responseHeaderModifier");
    ObjectNode operations = JsonNodeFactory.instance.objectNode();
    for (String operation : List.of("set", "add")) {
      for (SpecNode header : written.at(operation).items()) {
        String name = header.at("name").textOr("").toLowerCase(Locale.ROOT);
        String value = header.at("value").textOr("");
        if (CONTROL.matcher(value).find()) {
          errors.add(
              RouteError.broken(
                  "InvalidFilter", "header \"" + name + "\" value contains invalid characters"));
        }
        ObjectNode map = operations.withObject("/" + operation);
        if (!map.has(name)) {
          map.put(name, value);
        }
      }
    }
    if (written.at("remove").present()) {
      operations.set("remove", written.at("remove").json());
    }
    target.withObject("/headers").set(request ? "request" : "response", operations);
  }

  private static JsonNode redirect(SpecNode written) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    copy(written, "statusCode", result, "redirectCode");
    copy(written, "hostname", result, "authority");
    copy(written, "scheme", result, "scheme");
    if (written.at("port").present()) {
      copy(written, "port", result, "port");
    } else {
      result.put(
          "derivePort",
          written.at("scheme").present() ? "FROM_PROTOCOL_DEFAULT" : "FROM_REQUEST_PORT");
    }
    SpecNode path = written.at("path");
    switch (path.at("type").textOr("")) {
      case "ReplaceFullPath" -> copy(path, "replaceFullPath", result, "uri");
      case "ReplacePrefixMatch" ->
          result.put("uri", "%PREFIX()%" + path.at("replacePrefixMatch").textOr(""));
      default -> {}
    }
    return result;
  }

  private static void rewrite(SpecNode written, ObjectNode http) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    SpecNode path = written.at("path");
    switch (path.at("type").textOr("")) {
      case "ReplacePrefixMatch" -> {
        String uri = path.at("replacePrefixMatch").textOr("").replaceFirst("/$", "");
        result.put("uri", uri.isEmpty() ? "/" : uri);
      }
      case "ReplaceFullPath" ->
          result
              .putObject("uriRegexRewrite")
              .put("match", "/.*")
              .put("rewrite", path.at("replaceFullPath").textOr(""));
      default -> {}
    }
    copy(written, "hostname", result, "authority");
    if (!result.isEmpty()) {
      http.set("rewrite", result);
    }
  }

  private void mirror(SpecNode written, ObjectNode http, List<RouteError> errors) {
    List<RouteError> found = new ArrayList<>();
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    copy.set(
        "destination",
        backends.destination(written.at("backendRef"), kind, namespace, granted, found));
    if (!found.isEmpty()) {
      RouteError error = found.getFirst();
      boolean whole = kind.equals("GRPCRoute"); // Istio gives the whole route up there
      errors.add(new RouteError(error.reason(), error.message(), whole));
      return; // a copy that nobody can take is not sent
    }
    SpecNode fraction = written.at("fraction");
    if (fraction.present()) {
      double parts = fraction.at("denominator").number().orElse(100.0);
      copy.putObject("percentage")
          .put("value", 100 * fraction.at("numerator").number().orElse(0.0) / Math.max(1, parts));
    } else if (written.at("percent").present()) {
      copy.putObject("percentage").put("value", written.at("percent").number().orElse(0.0));
    }
    ((ArrayNode) (http.has("mirrors") ? http.get("mirrors") : http.putArray("mirrors"))).add(copy);
  }

  private static JsonNode cors(SpecNode written) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    ArrayNode origins = result.putArray("allowOrigins");
    for (String origin : written.at("allowOrigins").textItems()) {
      int star = origin.indexOf('*');
      if (origin.equals("*")) {
        origins.addObject().put("regex", ANY_ORIGIN);
      } else if (star < 0) {
        origins.addObject().put("exact", origin);
      } else if (star == origin.length() - 1) {
        origins.addObject().put("prefix", origin.substring(0, star));
      } else {
        String pattern = Re2.quote(origin).replace("\\*", ".*");
        origins.addObject().put("regex", "^" + pattern + "$");
      }
    }
    if (written.at("allowCredentials").flag()) {
      result.put("allowCredentials", true);
    }
    for (String list : List.of("allowMethods", "allowHeaders", "exposeHeaders")) {
      copy(written, list, result, list);
    }
    written.at("maxAge").whole().ifPresent(seconds -> result.put("maxAge", seconds + "s"));
    return result.put("unmatchedPreflights", "IGNORE");
  }

  private static void copy(SpecNode from, String field, ObjectNode to, String name) {
    if (from.at(field).present()) {
      to.set(name, from.at(field).json());
    }
  }
}
