package theater.laptop.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ScalingPaceTest {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
  private final ScalingPace pace = new ScalingPace();

  private int step(ObjectNode spec, int current, int wanted, long second) {
    Instant now = START.plusSeconds(second);
    int next = pace.step(spec, current, wanted, now).replicas();
    if (next != current) {
      pace.changed(next - current, now);
    }
    return next;
  }

  @Test
  void growsAtOnceByFourOrTwofoldAndShrinksAfterFiveMinutes() {
    ObjectNode spec = Shop.yaml("{minReplicas: 1, maxReplicas: 30}");
    assertThat(step(spec, 1, 30, 0)).isEqualTo(5);
    assertThat(step(spec, 5, 30, 15)).isEqualTo(10);
    assertThat(step(spec, 10, 2, 30)).isEqualTo(10);
    assertThat(step(spec, 10, 2, 315)).isEqualTo(10);
    assertThat(step(spec, 10, 2, 331)).isEqualTo(2);
  }

  @Test
  void keepsToItsBounds() {
    ObjectNode spec = Shop.yaml("{minReplicas: 2, maxReplicas: 3}");
    assertThat(pace.step(spec, 2, 9, START).limit().reason()).isEqualTo("TooManyReplicas");
    assertThat(new ScalingPace().step(spec, 2, 1, START).limit().reason())
        .isEqualTo("TooFewReplicas");
  }

  @Test
  void saysWhatHoldsItBack() {
    ObjectNode spec = Shop.yaml("{minReplicas: 1, maxReplicas: 30}");
    ScalingPace.Step fast = pace.step(spec, 1, 30, START);
    assertThat(fast.pace().reason()).isEqualTo("ReadyForNewScale");
    assertThat(fast.limit().reason()).isEqualTo("ScaleUpLimit");
    ScalingPace.Step soon = pace.step(spec, 5, 2, START.plusSeconds(15));
    assertThat(soon.replicas()).isEqualTo(5);
    assertThat(soon.pace().reason()).isEqualTo("ScaleDownStabilized");
    assertThat(soon.limit()).matches(limit -> !limit.held(), "no bound");
    ScalingPace.Step later = pace.step(spec, 5, 2, START.plusSeconds(400));
    assertThat(later.pace().reason()).isEqualTo("ReadyForNewScale");
    assertThat(later.limit().reason()).isEqualTo("DesiredWithinRange");
  }

  @Test
  void followsPoliciesOfItsOwn() {
    ObjectNode spec =
        Shop.yaml(
            """
            maxReplicas: 30
            behavior:
              scaleUp: {policies: [{type: Pods, value: 1, periodSeconds: 60}]}
              scaleDown:
                stabilizationWindowSeconds: 0
                policies: [{type: Percent, value: 50, periodSeconds: 60}]
            """);
    assertThat(step(spec, 4, 9, 0)).isEqualTo(5);
    assertThat(step(spec, 5, 9, 15)).isEqualTo(5);
    assertThat(step(spec, 5, 9, 61)).isEqualTo(6);
    assertThat(step(spec, 6, 1, 130)).isEqualTo(3);
    ObjectNode off =
        Shop.yaml(
            "{maxReplicas: 30, behavior: {scaleDown: {selectPolicy: Disabled, stabilizationWindowSeconds: 0}}}");
    assertThat(new ScalingPace().step(off, 6, 1, START).replicas()).isEqualTo(6);
  }
}
