package theater.mesh.translation.gatewayapi;

import java.util.List;
import theater.mesh.translation.spec.SpecNode;

/// The kinds of routes that a listener takes: of those that its protocol can, those that it asks
/// for.
final class RouteKinds {
  private RouteKinds() {}

  static List<String> of(SpecNode listener) {
    List<String> asked = asked(listener);
    List<String> able = able(listener);
    return asked.isEmpty() ? able : able.stream().filter(asked::contains).toList();
  }

  /// Whether it asks for nothing that its protocol can not.
  static boolean valid(SpecNode listener) {
    return asked(listener).isEmpty() || of(listener).size() == asked(listener).size();
  }

  private static List<String> able(SpecNode listener) {
    boolean passed = listener.at("tls", "mode").textOr("").equals("Passthrough");
    return switch (listener.at("protocol").textOr("")) {
      case "HTTP", "HTTPS" -> List.of("HTTPRoute", "GRPCRoute");
      case "TCP" -> List.of("TCPRoute");
      case "TLS" -> List.of(passed ? "TLSRoute" : "TCPRoute");
      default -> List.of();
    };
  }

  /// Kinds of other groups count, too, as what nobody can.
  private static List<String> asked(SpecNode listener) {
    return listener.at("allowedRoutes", "kinds").items().stream()
        .map(kind ->
            kind.at("group").textOr(References.GROUP).equals(References.GROUP)
                ? kind.at("kind").textOr("")
                : "")
        .toList();
  }
}
