package theater.laptop.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.kube.ResourceTypes;

/// Real processes that need more memory than they may have.
class MemoryLimitTest {
  private static final String GROWS = "x=$(head -c 80000000 /dev/zero | tr '\\0' x); sleep 1000; :";
  @TempDir Path folder;

  @Test
  void aContainerAboveItsLimitIsKilledAndStartedAgainWithPauses() throws Exception {
    try (Bench bench = new Bench(folder).start()) {
      bench.api.create(
          ResourceTypes.POD, bench.pod("greedy", GROWS, "resources: {limits: {memory: 32Mi}}"));
      bench.api.create(
          ResourceTypes.POD, bench.pod("modest", GROWS, "resources: {limits: {memory: 2Gi}}"));
      JsonNode greedy =
          bench.awaitPod(
              "greedy", "in back-off", each -> Bench.waiting(each).equals("CrashLoopBackOff"));
      JsonNode ended = Bench.container(greedy).path("lastState").path("terminated");
      assertThat(ended.path("reason").asText()).isEqualTo("OOMKilled");
      assertThat(ended.path("exitCode").asInt()).isEqualTo(137);
      JsonNode modest = bench.awaitPod("modest", "ready", Bench::ready);
      assertThat(Bench.container(modest).path("restartCount").asInt()).isZero();
    }
  }
}
