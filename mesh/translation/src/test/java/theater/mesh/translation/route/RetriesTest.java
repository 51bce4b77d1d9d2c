package theater.mesh.translation.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import org.junit.jupiter.api.Test;
import theater.mesh.translation.Translated;

class RetriesTest {
  private static final String ROUTE = "  route: [{destination: {host: user-service}}]";

  @Test
  void twoMoreTriesByDefaultAndNoTimeout() {
    RouteAction action = Translated.http("-\n" + ROUTE).routes().getFirst().getRoute();
    assertThat(action.getRetryPolicy().getNumRetries().getValue()).isEqualTo(2);
    assertThat(action.getRetryPolicy().getRetryOn())
        .isEqualTo(Retries.DEFAULT_CONDITIONS)
        .doesNotContain("5xx");
    assertThat(action.getRetryPolicy().getRetriableStatusCodesList()).isEmpty();
    assertThat(action.hasTimeout()).isTrue();
    assertThat(action.getTimeout().getSeconds()).isZero();
  }

  @Test
  void zeroAttemptsSwitchThemOff() {
    assertThat(
            Translated.http("- retries: {attempts: 0}\n" + ROUTE)
                .routes()
                .getFirst()
                .getRoute()
                .hasRetryPolicy())
        .isFalse();
  }

  @Test
  void aNumberIsAStatusCode() {
    RetryPolicy policy =
        Translated.http("- retries: {attempts: 3, retryOn: \"reset,503\"}\n" + ROUTE)
            .routes()
            .getFirst()
            .getRoute()
            .getRetryPolicy();
    assertThat(policy.getRetryOn()).isEqualTo("reset,retriable-status-codes");
    assertThat(policy.getRetriableStatusCodesList()).containsExactly(503);
  }
}
