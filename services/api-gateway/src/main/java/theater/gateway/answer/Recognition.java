package theater.gateway.answer;

import java.util.function.UnaryOperator;
import theater.gateway.answer.Origin.ByEnvoy;
import theater.gateway.answer.Origin.ByService;

/// Tells who answered from what every caller gets: status, headers and the beginning of the body.
///
/// Envoy: the texts of local replies (router, fault, rbac, jwt_authn and local_ratelimit filters)
/// and the response flags of its access log.
public final class Recognition {
  /// How much of a body is looked at, in characters.
  public static final int TEXT = 200;

  private static final String UPSTREAM_TIME = "x-envoy-upstream-service-time";

  private Recognition() {}

  /// True when a service says that it was its answer; no body is needed then.
  public static boolean isService(UnaryOperator<String> header) {
    return header.apply("X-Service-Name") != null || header.apply("X-Service-Cluster") != null;
  }

  /// @param header gives a header's value or null, whatever the case of its name
  /// @param body its beginning; may be longer than needed
  public static Origin of(int status, UnaryOperator<String> header, String body) {
    if (isService(header)) {
      return new ByService(header.apply("X-Service-Cluster"), header.apply("X-Pod-Name"));
    }
    // Every Envoy that forwards an answer adds the time that its upstream took; one that answers
    // itself has none to add.
    boolean forwarded = header.apply(UPSTREAM_TIME) != null;
    String text = body.length() > TEXT ? body.substring(0, TEXT) : body;
    return new ByEnvoy(flag(status, body), forwarded ? "server" : "caller", text);
  }

  private static String flag(int status, String body) {
    if (body.contains("fault filter abort")) {
      return "FI";
    }
    if (body.contains("no healthy upstream")) {
      return "UH";
    }
    if (body.contains("upstream connect error") || body.contains("reset reason:")) {
      return resetFlag(body);
    }
    if (body.contains("upstream request timeout")) {
      return "UT";
    }
    if (body.contains("RBAC: access denied")) {
      return "RBAC";
    }
    if ((status == 401 || status == 403) && (body.contains("Jwt") || body.contains("Jwks"))) {
      return "JWT";
    }
    if (status == 429 && body.contains("rate_limited")) {
      return "RL";
    }
    if (body.isEmpty() && status == 503) {
      return "NC";
    }
    if (body.isEmpty() && status == 404) {
      return "NR";
    }
    return "-";
  }

  /// After a retry the text names the latest reset, so the last reason counts.
  private static String resetFlag(String body) {
    String reason =
        body.substring(Math.max(0, body.lastIndexOf("reset reason:"))).replace('_', ' ');
    if (reason.contains("overflow")) {
      return "UO";
    }
    if (reason.contains("connection failure") || reason.contains("connection timeout")) {
      return "UF";
    }
    if (reason.contains("connection termination")) {
      return "UC";
    }
    return reason.contains("local reset") ? "LR" : "UR";
  }
}
