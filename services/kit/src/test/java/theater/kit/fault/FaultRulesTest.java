package theater.kit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultRulesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);

  private static Fault status(int status, int share) {
    return new Fault(status, share, 0, false, false, false, false, LATER);
  }

  private static Fault parse(String json) {
    return Fault.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shareIsCountedOverAllDraws() {
    var rules = new FaultRules(status(500, 30), null);
    assertThat(IntStream.range(0, 100).filter(i -> rules.effect(NOW, i).status() == 500))
        .hasSize(30);
  }

  @Test
  void endsAtItsTime() {
    var rules = new FaultRules(status(500, 100), null);
    assertThat(rules.effect(LATER.minusMillis(1), 0).status()).isEqualTo(500);
    assertThat(rules.effect(LATER, 0)).isEqualTo(FaultRules.Effect.HEALTHY);
  }

  @Test
  void theFaultOfThePodWinsOverTheOneOfAll() {
    assertThat(new FaultRules(status(500, 100), status(503, 100)).effect(NOW, 0).status())
        .isEqualTo(500);
    assertThat(new FaultRules(null, status(503, 100)).effect(NOW, 0).status()).isEqualTo(503);
  }

  @Test
  void anEndedFaultOfThePodLetsTheOneOfAllThrough() {
    var ended = new Fault(500, 100, 0, false, false, false, false, NOW);
    assertThat(new FaultRules(ended, status(503, 100)).effect(NOW, 0).status()).isEqualTo(503);
  }

  @Test
  void onlyNotReadyMakesAPodNotReady() {
    assertThat(new FaultRules(status(500, 100), null).notReady(NOW)).isFalse();
    assertThat(
            new FaultRules(new Fault(0, 100, 0, false, true, false, false, LATER), null)
                .notReady(NOW))
        .isTrue();
  }

  @Test
  void everyMemberIsRead() {
    assertThat(
            parse(
                """
                {"status":503,"share":50,"delayMs":20,"hang":true,"notReady":true,"cpu":true,"memory":true,
                 "until":"2026-11-21T10:01:00Z"}\
                """))
        .isEqualTo(new Fault(503, 50, 20, true, true, true, true, LATER));
  }

  @Test
  void aFaultWithoutAnEndIsRefused() {
    assertThatThrownBy(() -> parse("{\"status\":500}")).hasMessageContaining("until");
    assertThatThrownBy(() -> parse("{\"until\":\"soon\"}")).hasMessageContaining("soon");
    assertThatThrownBy(() -> parse("{\"status\":99,\"until\":\"2026-11-21T10:01:00Z\"}"))
        .hasMessageContaining("status is 99");
    assertThatThrownBy(() -> parse("nonsense")).hasMessageContaining("not JSON");
  }
}
