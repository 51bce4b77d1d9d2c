package theater.laptop.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import theater.laptop.api.status.Cause;

/// The rules that Istio's definitions write in CEL, put into Java by hand: there are about thirty,
/// and no library for CEL is worth them. One method a schema.
final class CustomRules {
  private static final int HIGHEST_PORT = 65535;
  private static final String PORT_NAME = "[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?";
  private static final String SOCKET = "unix://";

  private CustomRules() {}

  /// @param schema the short name of the object's schema
  static void check(String schema, JsonNode object, String path, List<Cause> causes) {
    switch (schema) {
      case "AuthorizationPolicy", "RequestAuthentication", "Telemetry", "WasmPlugin" ->
          atMostOne(
              object,
              List.of("selector", "targetRef", "targetRefs"),
              "only one of targetRefs or selector can be set",
              path,
              causes);
      case "EnvoyFilter" ->
          atMostOne(
              object,
              List.of("workloadSelector", "targetRefs"),
              "only one of targetRefs or workloadSelector can be set",
              path,
              causes);
      case "WorkloadSelector" -> selector(object, path, causes);
      case "PolicyTargetReference" -> {
        if (!object.path("namespace").asText("").isEmpty()) {
          value(
              object.path("namespace"),
              "cross namespace referencing is not currently supported",
              path + ".namespace",
              causes);
        }
      }
      case "ServerTLSSettings" -> certificates(object, path, causes);
      case "ServiceEntry" -> ServiceEntryRules.check(object, path, causes);
      case "ServicePort" -> {
        port(object.path("number"), path + ".number", causes);
        port(object.path("targetPort"), path + ".targetPort", causes);
      }
      case "WorkloadEntry" -> workload(object, path, causes);
      case "HTTPHealthCheckConfig", "TCPHealthCheckConfig", "GrpcHealthCheckConfig" -> {
        port(object.path("port"), path + ".port", causes);
        if (!Set.of("", "HTTP", "HTTPS").contains(object.path("scheme").asText(""))) {
          value(
              object.path("scheme"),
              "scheme must be one of [HTTP, HTTPS]",
              path + ".scheme",
              causes);
        }
      }
      case "Source" -> {
        if (any(object, "serviceAccounts", "notServiceAccounts")
            && any(object, "principals", "notPrincipals", "namespaces", "notNamespaces")) {
          whole("Cannot set serviceAccounts with namespaces or principals", path, causes);
        }
      }
      case "PeerAuthentication" -> peer(object, path, causes);
      case "JWTRule" -> {
        atMostOne(
            object,
            List.of("jwksUri", "jwks_uri", "jwks"),
            "only one of jwks or jwksUri can be set",
            path,
            causes);
        for (String field : List.of("jwksUri", "jwks_uri")) {
          if (object.has(field) && !webAddress(object.path(field).asText())) {
            value(
                object.path(field),
                "url must have scheme http:// or https://",
                path + "." + field,
                causes);
          }
        }
      }
      case "MetricsOverridesTagOverride" -> {
        String operation = object.path("operation").asText("");
        if (operation.equals("UPSERT") && object.path("value").asText("").isEmpty()) {
          whole("value must be set when operation is UPSERT", path, causes);
        }
        if (operation.equals("REMOVE") && object.has("value")) {
          whole("value must not be set when operation is REMOVE", path, causes);
        }
      }
      default -> {}
    }
  }

  private static void selector(JsonNode object, String path, List<Cause> causes) {
    String labels = path + ".matchLabels";
    for (Map.Entry<String, JsonNode> label : object.path("matchLabels").properties()) {
      if (label.getKey().contains("*")) {
        whole("wildcard not allowed in label key match", labels, causes);
      }
      if (label.getKey().isEmpty()) {
        whole("key must not be empty", labels, causes);
      }
      star(label, "wildcard not allowed in label value match", labels, causes);
    }
    for (Map.Entry<String, JsonNode> label : object.path("labels").properties()) {
      star(label, "wildcard is not supported in selector", path + ".labels", causes);
    }
  }

  private static void star(
      Map.Entry<String, JsonNode> label, String why, String path, List<Cause> causes) {
    if (label.getValue().asText("").contains("*")) {
      value(label.getValue(), why, path + "." + label.getKey(), causes);
    }
  }

  private static void certificates(JsonNode tls, String path, List<Cause> causes) {
    // The definition compares tlsCertificates with credentialNames only.
    for (String other : List.of("tlsCertificates", "credentialName")) {
      atMostOne(
          tls,
          List.of("credentialNames", other),
          other.equals("credentialName")
              ? "only one of credentialName or credentialNames can be set"
              : "only one of credentialNames or tlsCertificates can be set",
          path,
          causes);
    }
  }

  /// A WorkloadEntry, also as an endpoint or a template.
  private static void workload(JsonNode entry, String path, List<Cause> causes) {
    String address = entry.path("address").asText("");
    if (!path.endsWith(".template") && !entry.has("address") && !entry.has("network")) {
      whole("Address is required", path, causes);
    }
    if (address.startsWith(SOCKET)) {
      if (entry.has("ports")) {
        whole("UDS may not include ports", path, causes);
      }
      String place = address.substring(SOCKET.length());
      if (!place.startsWith("/") && !place.startsWith("@")) {
        value(
            entry.path("address"),
            "UDS must be an absolute path or abstract socket",
            path + ".address",
            causes);
      }
      if (address.endsWith("/")) {
        value(entry.path("address"), "UDS may not be a dir", path + ".address", causes);
      }
    }
    for (Map.Entry<String, JsonNode> port : entry.path("ports").properties()) {
      if (port.getKey().length() >= 63 || !port.getKey().matches(PORT_NAME)) {
        whole("port name must be valid", path + ".ports", causes);
      }
      port(port.getValue(), path + ".ports." + port.getKey(), causes);
    }
  }

  private static void peer(JsonNode spec, String path, List<Cause> causes) {
    if (spec.has("portLevelMtls") && spec.path("selector").path("matchLabels").isEmpty()) {
      whole("portLevelMtls requires selector", path, causes);
    }
    for (Map.Entry<String, JsonNode> level : spec.path("portLevelMtls").properties()) {
      String port = level.getKey();
      if (!port.matches("[0-9]{1,9}")
          || Integer.parseInt(port) < 1
          || Integer.parseInt(port) > HIGHEST_PORT) {
        whole("port must be between 1-65535", path + ".portLevelMtls", causes);
      }
    }
  }

  static void port(JsonNode port, String path, List<Cause> causes) {
    if (port.isNumber() && (port.asLong() < 1 || port.asLong() > HIGHEST_PORT)) {
      value(port, "port must be between 1-65535", path, causes);
    }
  }

  static void atMostOne(
      JsonNode object, List<String> fields, String why, String path, List<Cause> causes) {
    if (fields.stream().filter(object::has).count() > 1) {
      whole(why, path, causes);
    }
  }

  static void whole(String why, String path, List<Cause> causes) {
    causes.add(new Cause("FieldValueInvalid", "Invalid value: " + why, path));
  }

  static void value(JsonNode value, String why, String path, List<Cause> causes) {
    causes.add(Cause.invalid(path, value.toString(), why));
  }

  private static boolean any(JsonNode object, String... fields) {
    return List.of(fields).stream().anyMatch(object::has);
  }

  private static boolean webAddress(String text) {
    try {
      String scheme = new URI(text).getScheme();
      return scheme != null && Set.of("http", "https").contains(scheme);
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
