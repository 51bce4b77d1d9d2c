package theater.mesh.translation.route;

import com.google.protobuf.Any;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy.RetryHostPredicate;
import io.envoyproxy.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import io.envoyproxy.envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig;
import java.util.ArrayList;
import java.util.List;
import theater.mesh.translation.spec.GoDuration;
import theater.mesh.translation.spec.SpecNode;

/// Repeating a call that failed. Istio: http.retries, with two tries more by default; Envoy:
/// RetryPolicy. An application's 503 is not among the defaults. With a consistent hash the rule "on
/// another host" would work against it and is left out.
final class Retries implements HttpRouteFeature {
  static final String DEFAULT_CONDITIONS =
      "connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes";

  @Override
  public List<String> fields() {
    return List.of(
        "retries.attempts",
        "retries.perTryTimeout",
        "retries.retryOn",
        "retries.retryRemoteLocalities",
        "retries.backoff",
        "retries.retryIgnorePreviousHosts");
  }

  @Override
  public void apply(RouteDraft draft) {
    SpecNode retries = draft.http.at("retries");
    if (!retries.present()) {
      retries =
          new SpecNode(
              draft.scope.sight().mesh().defaultRetry(),
              "MeshConfig",
              "defaultHttpRetryPolicy",
              draft.http.problems());
    }
    if (!retries.present()) {
      byDefault(draft);
      return;
    }
    int attempts = retries.at("attempts").unsigned().orElse(0);
    if (attempts <= 0) {
      return;
    }
    RetryPolicy.Builder policy = RetryPolicy.newBuilder().setNumRetries(UInt32Value.of(attempts));
    conditions(retries.at("retryOn"), policy);
    retries
        .at("perTryTimeout")
        .duration()
        .ifPresent(time -> policy.setPerTryTimeout(GoDuration.proto(time)));
    retries
        .at("backoff")
        .duration()
        .ifPresent(time -> policy.getRetryBackOffBuilder().setBaseInterval(GoDuration.proto(time)));
    if (!retries.at("retryIgnorePreviousHosts").present()
        || retries.at("retryIgnorePreviousHosts").flag()) {
      onAnotherHost(retries.at("retryIgnorePreviousHosts").present(), draft, policy);
    }
    if (retries.at("retryRemoteLocalities").flag()) {
      policy
          .getRetryPriorityBuilder()
          .setName("envoy.retry_priorities.previous_priorities")
          .setTypedConfig(
              Any.pack(PreviousPrioritiesConfig.newBuilder().setUpdateFrequency(2).build()));
    }
    draft.action.setRetryPolicy(policy);
  }

  /// Istio's mesh-wide default.
  private static void byDefault(RouteDraft draft) {
    RetryPolicy.Builder policy =
        RetryPolicy.newBuilder().setNumRetries(UInt32Value.of(2)).setRetryOn(DEFAULT_CONDITIONS);
    onAnotherHost(false, draft, policy);
    draft.action.setRetryPolicy(policy);
  }

  /// Words are Envoy's conditions, numbers are status codes.
  private static void conditions(SpecNode written, RetryPolicy.Builder policy) {
    List<String> words = new ArrayList<>();
    for (String word : written.textOr("").split(",")) {
      String condition = word.strip();
      if (condition.matches("\\d{3}") && status(Integer.parseInt(condition))) {
        policy.addRetriableStatusCodes(Integer.parseInt(condition));
      } else if (!condition.isEmpty()) {
        words.add(condition);
      }
    }
    if (words.isEmpty() && policy.getRetriableStatusCodesCount() == 0) {
      words.add(DEFAULT_CONDITIONS);
    } else if (policy.getRetriableStatusCodesCount() > 0
        && !words.contains("retriable-status-codes")) {
      words.add("retriable-status-codes");
    }
    policy.setRetryOn(String.join(",", words));
  }

  /// Whether HTTP knows the code; other numbers are taken for words, as in Istio.
  private static boolean status(int code) {
    return code <= 103 && code >= 100
        || code >= 200 && code <= 208
        || code == 226
        || code >= 300 && code <= 308 && code != 306
        || code >= 400 && code <= 418
        || code >= 421 && code <= 429 && code != 427
        || code == 431
        || code == 451
        || code >= 500 && code <= 511 && code != 509;
  }

  private static void onAnotherHost(boolean asked, RouteDraft draft, RetryPolicy.Builder policy) {
    if (asked || !draft.consistentHash) {
      policy
          .setHostSelectionRetryMaxAttempts(5)
          .addRetryHostPredicate(
              RetryHostPredicate.newBuilder()
                  .setName("envoy.retry_host_predicates.previous_hosts")
                  .setTypedConfig(Any.pack(PreviousHostsPredicate.getDefaultInstance())));
    }
  }
}
