package theater.mesh.translation.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import theater.mesh.translation.Translated;

class ConnectionPoolTest {
  @Test
  void aSubsetReplacesTheWholeSection() {
    Translated translated =
        Translated.rule(
            """
            trafficPolicy: {connectionPool: {tcp: {maxConnections: 10}}}
            subsets:
            - {name: ctx1, labels: {cluster: ctx1}, trafficPolicy: {connectionPool: {http: {http1MaxPendingRequests: 5}}}}
            """);
    assertThat(
            translated
                .cluster("")
                .getCircuitBreakers()
                .getThresholds(0)
                .getMaxConnections()
                .getValue())
        .isEqualTo(10);
    var subset = translated.cluster("ctx1").getCircuitBreakers().getThresholds(0);
    assertThat(subset.getMaxPendingRequests().getValue()).isEqualTo(5);
    assertThat(Integer.toUnsignedLong(subset.getMaxConnections().getValue()))
        .isEqualTo(4_294_967_295L);
  }

  @Test
  void theOtherContextIsItsGatewayWeightedByPods() {
    var remote =
        Translated.rule("subsets: [{name: ctx2, labels: {cluster: ctx2}}]")
            .endpoints("ctx2")
            .getEndpoints(0);
    assertThat(remote.getLbEndpointsList()).hasSize(1);
    assertThat(remote.getLbEndpoints(0).getEndpoint().getAddress().getSocketAddress().getAddress())
        .isEqualTo("127.2.3.1");
    assertThat(remote.getLbEndpoints(0).getLoadBalancingWeight().getValue()).isEqualTo(2);
  }
}
