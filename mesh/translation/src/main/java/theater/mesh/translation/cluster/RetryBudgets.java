package theater.mesh.translation.cluster;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers.Thresholds.RetryBudget;
import io.envoyproxy.envoy.type.v3.Percent;
import java.util.Optional;
import theater.mesh.translation.spec.SpecNode;

/// How many of the calls under way may be retries, instead of a fixed number. Istio: retryBudget;
/// Envoy: CircuitBreakers retry_budget.
final class RetryBudgets {
  private static final double USUAL_PERCENT = 20;
  private static final int USUAL_CONCURRENCY = 3;

  private RetryBudgets() {}

  static Optional<RetryBudget> of(SpecNode written) {
    if (!written.present()) {
      return Optional.empty();
    }
    return Optional.of(
        RetryBudget.newBuilder()
            .setBudgetPercent(
                Percent.newBuilder()
                    .setValue(
                        written
                            .at("percent")
                            .number()
                            .filter(share -> share >= 0 && share <= 100)
                            .orElse(USUAL_PERCENT)))
            .setMinRetryConcurrency(
                UInt32Value.of(
                    written
                        .at("minRetryConcurrency")
                        .unsigned()
                        .filter(count -> count != 0)
                        .orElse(USUAL_CONCURRENCY)))
            .build());
  }
}
