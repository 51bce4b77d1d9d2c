package theater.laptop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EngineTest {

  @Test
  void acceptsWhatIsInTheRange() {
    assertThat(
            Engine.named("envoy")
                .accepts("envoy  version: 9e558093ab/1.40.0/Clean/RELEASE/BoringSSL"))
        .isTrue();
    assertThat(Engine.named("kubectl").accepts("Client Version: v1.30.0\nKustomize Version: v5"))
        .isTrue();
    assertThat(Engine.named("redis-server").accepts("Redis server v=6.2.7 sha=00000000:0"))
        .isTrue();
    assertThat(Engine.HELM.accepts("v3.17.2+gcc0bbbd")).isTrue();
    assertThat(Engine.HELM.accepts("v4.1.4+g05fa379")).isTrue();
  }

  @Test
  void refusesWhatIsTooOldTooNewOrSomethingElse() {
    assertThat(Engine.named("envoy").accepts("envoy  version: 9e558093ab/1.37.9/Clean")).isFalse();
    assertThat(Engine.named("kubectl").accepts("Client Version: v1.29.14")).isFalse();
    assertThat(Engine.named("kubectl").accepts("Client Version: v2.0.0")).isFalse();
    assertThat(Engine.named("redis-server").accepts("Redis server v=6.0.16")).isFalse();
    assertThat(Engine.named("redis-server").accepts("usage: redis")).isFalse();
    assertThat(Engine.HELM.accepts("v3.16.4+g7877b45")).isFalse();
  }

  @Test
  void everyPinIsASha256() {
    for (Engine engine : Stream.concat(Engine.ALL.stream(), Stream.of(Engine.HELM)).toList()) {
      assertThat(engine.sources()).isNotEmpty();
      engine
          .sources()
          .values()
          .forEach(source -> assertThat(source.sha256()).matches("[0-9a-f]{64}"));
    }
  }
}
