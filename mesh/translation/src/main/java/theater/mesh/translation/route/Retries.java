package theater.mesh.translation.route;

import com.google.protobuf.Any;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy.RetryHostPredicate;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
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
              draft.scope.sight().view().mesh().defaultRetry(),
              "MeshConfig",
              "defaultHttpRetryPolicy",
              draft.http.problems());
    }
    if (!retries.present()) {
      byDefault(draft.action);
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
      onAnotherHost(draft.action, policy);
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
  static void byDefault(RouteAction.Builder action) {
    RetryPolicy.Builder policy =
        RetryPolicy.newBuilder().setNumRetries(UInt32Value.of(2)).setRetryOn(DEFAULT_CONDITIONS);
    onAnotherHost(action, policy);
    action.setRetryPolicy(policy);
  }

  /// Words are Envoy's conditions, numbers are status codes.
  private static void conditions(SpecNode written, RetryPolicy.Builder policy) {
    List<String> words = new ArrayList<>();
    for (String word : written.textOr("").split(",")) {
      String condition = word.strip();
      if (condition.matches("\\d{3}")) {
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

  private static void onAnotherHost(RouteAction.Builder action, RetryPolicy.Builder policy) {
    if (action.getHashPolicyCount() == 0) {
      policy
          .setHostSelectionRetryMaxAttempts(5)
          .addRetryHostPredicate(
              RetryHostPredicate.newBuilder()
                  .setName("envoy.retry_host_predicates.previous_hosts")
                  .setTypedConfig(Any.pack(PreviousHostsPredicate.getDefaultInstance())));
    }
  }
}
