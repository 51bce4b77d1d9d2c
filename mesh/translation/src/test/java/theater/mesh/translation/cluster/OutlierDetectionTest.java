package theater.mesh.translation.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import org.junit.jupiter.api.Test;
import theater.mesh.translation.Translated;

class OutlierDetectionTest {
  @Test
  void minHealthPercentIsThePanicThreshold() {
    Cluster cluster =
        Translated.rule(
                "trafficPolicy: {outlierDetection: {consecutive5xxErrors: 2, minHealthPercent: 30}}")
            .cluster("");
    assertThat(cluster.getCommonLbConfig().getHealthyPanicThreshold().getValue()).isEqualTo(30);
    assertThat(cluster.getOutlierDetection().getConsecutive5Xx().getValue()).isEqualTo(2);
    assertThat(cluster.getOutlierDetection().getEnforcingSuccessRate().getValue()).isZero();
  }

  @Test
  void withoutItThereIsNoPanicAndTheOtherContextIsSecond() {
    Translated translated = Translated.rule("trafficPolicy: {outlierDetection: {}}");
    assertThat(translated.cluster("").getCommonLbConfig().hasHealthyPanicThreshold()).isTrue();
    assertThat(translated.cluster("").getCommonLbConfig().getHealthyPanicThreshold().getValue())
        .isZero();
    assertThat(translated.endpoints("").getEndpointsList())
        .extracting(locality -> locality.getLocality().getRegion() + locality.getPriority())
        .containsExactly("ncp-kr0", "nhn-kr1");
  }

  @Test
  void withoutOutlierDetectionNobodyIsSecond() {
    assertThat(Translated.rule("trafficPolicy: {}").endpoints("").getEndpointsList())
        .extracting(locality -> locality.getPriority())
        .containsExactly(0, 0);
  }
}
