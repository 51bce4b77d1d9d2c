package theater.mesh.translation.security;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.rbac.v3.Permission;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import io.envoyproxy.envoy.type.matcher.v3.PathMatcher;
import java.util.List;
import java.util.Optional;
import theater.mesh.translation.Problem.Severity;

/// What a caller does, as Envoy's Permission. Istio: `to.operation`, and `when` about the
/// destination.
final class Permissions extends Terms<Permission> {

  @Override
  Permission any() {
    return Permission.newBuilder().setAny(true).build();
  }

  @Override
  Permission all(List<Permission> terms) {
    return terms.size() == 1
        ? terms.getFirst()
        : Permission.newBuilder()
            .setAndRules(Permission.Set.newBuilder().addAllRules(terms))
            .build();
  }

  @Override
  Permission either(List<Permission> terms) {
    return terms.size() == 1
        ? terms.getFirst()
        : Permission.newBuilder()
            .setOrRules(Permission.Set.newBuilder().addAllRules(terms))
            .build();
  }

  @Override
  Permission not(Permission term) {
    return Permission.newBuilder().setNotRule(term).build();
  }

  @Override
  Optional<Permission> leaf(Condition condition, String value, boolean tcp) {
    Permission.Builder result = Permission.newBuilder();
    return switch (condition.attribute()) {
      case "operation.host" -> tcp ? Optional.empty() : header(":authority", value, true);
      case "operation.method" -> tcp ? Optional.empty() : header(":method", value, false);
      case "operation.path" -> tcp ? Optional.empty() : path(condition, value);
      case "destination.port" ->
          told(
              condition,
              value,
              "a port from 1 to 65535",
              Patterns.port(value).map(port -> result.setDestinationPort(port).build()));
      case "destination.ip" ->
          told(
              condition,
              value,
              "an address or block such as 10.0.0.0/8",
              Patterns.block(value).map(block -> result.setDestinationIp(block).build()));
      case "connection.sni" ->
          Optional.of(result.setRequestedServerName(Patterns.text(value)).build());
      default -> Optional.empty();
    };
  }

  static <T> Optional<T> told(
      Condition condition, String value, String expected, Optional<T> result) {
    if (result.isEmpty()) {
      condition
          .written()
          .problem(Severity.MALFORMED, "has \"" + value + "\"; expected " + expected);
    }
    return result;
  }

  private static Optional<Permission> header(String name, String value, boolean ignoreCase) {
    return Patterns.header(name, value, ignoreCase)
        .map(header -> Permission.newBuilder().setHeader(header).build());
  }

  /// `{*}` stands for one segment and `{**}` for any number.
  private static Optional<Permission> path(Condition condition, String value) {
    if (value.contains("{*}") || value.contains("{**}")) {
      if (!Patterns.template(value)) {
        return told(condition, value, "{*} and, last, {**} as whole segments", Optional.empty());
      }
      String template = value.replace("{**}", "**").replace("{*}", "*");
      Permission.Builder result = Permission.newBuilder();
      result
          .getUriTemplateBuilder()
          .setName("uri-template")
          .setTypedConfig(
              Any.pack(UriTemplateMatchConfig.newBuilder().setPathTemplate(template).build()));
      return Optional.of(result.build());
    }
    return Optional.of(
        Permission.newBuilder()
            .setUrlPath(PathMatcher.newBuilder().setPath(Patterns.text(value)))
            .build());
  }
}
