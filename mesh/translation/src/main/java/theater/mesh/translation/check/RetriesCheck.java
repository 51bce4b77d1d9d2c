package theater.mesh.translation.check;

import java.util.Set;
import theater.mesh.translation.spec.SpecNode;

/// Istio's rules for retries.
final class RetriesCheck {
  private static final Set<String> CONDITIONS =
      Set.of(
          "5xx",
          "gateway-error",
          "reset",
          "reset-before-request",
          "connect-failure",
          "envoy-ratelimited",
          "retriable-4xx",
          "refused-stream",
          "retriable-status-codes",
          "retriable-headers",
          "http3-post-connect-failure",
          "cancelled",
          "deadline-exceeded",
          "internal",
          "resource-exhausted",
          "unavailable");

  /// The codes that Go's net/http has a text for.
  private static final Set<String> CODES =
      Set.of(
          "100", "101", "102", "103", "200", "201", "202", "203", "204", "205", "206", "207", "208",
          "226", "300", "301", "302", "303", "304", "305", "307", "308", "400", "401", "402", "403",
          "404", "405", "406", "407", "408", "409", "410", "411", "412", "413", "414", "415", "416",
          "417", "418", "421", "422", "423", "424", "425", "426", "428", "429", "431", "451", "500",
          "501", "502", "503", "504", "505", "506", "507", "508", "510", "511");

  private RetriesCheck() {}

  static void check(SpecNode retries, Complaints complaints) {
    if (!retries.present()) {
      return;
    }
    long attempts = retries.at("attempts").whole().orElse(0);
    if (attempts < 0) {
      complaints.addListed("attempts cannot be negative");
    }
    boolean more =
        Rules.given(retries.at("retryOn"))
            || retries.at("perTryTimeout").present()
            || retries.at("retryRemoteLocalities").present();
    complaints.addIf(
        attempts == 0 && more,
        "http retry policy configured when attempts are set to 0 (disabled)");
    Rules.duration(retries.at("perTryTimeout"), complaints);
    String on = retries.at("retryOn").textOr("");
    for (String condition : on.isEmpty() ? new String[0] : on.split(",", -1)) {
      complaints.addIf(
          !CODES.contains(condition) && !CONDITIONS.contains(condition),
          "\"" + condition + "\" is not a valid retryOn policy");
    }
    Rules.duration(retries.at("backoff"), complaints);
  }
}
