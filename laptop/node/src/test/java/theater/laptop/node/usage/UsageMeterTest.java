package theater.laptop.node.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.kube.Quantity;

class UsageMeterTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  @TempDir Path folder;

  @Test
  void aBusyContainerUsesProcessorAndMemoryAndAnEndedOneNothing() throws Exception {
    Path file = folder.resolve("run/usage.json");
    UsageMeter meter = new UsageMeter("node-1", file, Clock.systemUTC(), 0);
    Process busy = new ProcessBuilder("/bin/sh", "-c", "while :; do :; done").start();
    Process ended = new ProcessBuilder("/bin/sh", "-c", "exit 0").start();
    try {
      meter.started(pod("busy"), container(), busy);
      meter.started(pod("ended"), container(), ended);
      ended.waitFor();
      long cpu = 0;
      while (cpu == 0) {
        meter.run();
        JsonNode usage = file.toFile().exists() ? JSON.readTree(file.toFile()) : JSON.nullNode();
        JsonNode container = usage.at("/pods/0/containers/0");
        cpu = Quantity.milli(container.at("/usage/cpu")).orElse(0);
        if (cpu > 0) {
          assertThat(usage.path("pods")).hasSize(1);
          assertThat(usage.at("/pods/0/metadata/name").asText()).isEqualTo("busy");
          assertThat(container.path("name").asText()).isEqualTo("main");
          assertThat(Quantity.value(container.at("/usage/memory")).orElse(0)).isPositive();
          assertThat(usage.at("/node/usage")).isEqualTo(container.path("usage"));
        }
      }
      meter.forget();
      assertThat(file).doesNotExist();
    } finally {
      busy.destroyForcibly();
    }
  }

  @Test
  void aLineOfTheProcessTableIsReadWithAnyName() {
    ProcessTable.Row row =
        ProcessTable.row(
            "42 (a ) name) S 7 42 42 0 -1 4194304 100 0 0 0 3 2 1 0 20 0 1 0 500 1000000 256 18446744073709551615 1 1");
    assertThat(row).isEqualTo(new ProcessTable.Row(42, 7, 60_000_000, 256 * 4096));
  }

  @Test
  void aTreeHasAllThatCameFromAProcess() {
    ProcessTable table = new ProcessTable();
    List.of(
            new ProcessTable.Row(1, 0, 0, 0),
            new ProcessTable.Row(5, 1, 0, 0),
            new ProcessTable.Row(6, 5, 0, 0),
            new ProcessTable.Row(7, 1, 0, 0))
        .forEach(table::add);
    assertThat(table.tree(5)).extracting(ProcessTable.Row::pid).containsExactly(5L, 6L);
    assertThat(table.tree(9)).isEmpty();
  }

  private static ObjectNode pod(String name) {
    ObjectNode pod = JSON.createObjectNode();
    pod.putObject("metadata").put("name", name).put("namespace", "default");
    return pod;
  }

  private static ObjectNode container() {
    return JSON.createObjectNode().put("name", "main");
  }
}
