package theater.laptop.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.laptop.plan.AddressPlan;

/// The small pure parts.
class RulesTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void restartsWaitLongerAndLongerUntilTenMinutesOfHealth() {
    BackOff backOff = new BackOff();
    List<Long> waits = new java.util.ArrayList<>();
    for (int i = 0; i < 8; i++) {
      waits.add(backOff.after(NOON, NOON.plusSeconds(1)).toSeconds());
    }
    assertThat(waits).containsExactly(0L, 10L, 20L, 40L, 80L, 160L, 300L, 300L);
    assertThat(backOff.after(NOON, NOON.plusSeconds(600))).isEqualTo(Duration.ZERO);
  }

  @Test
  void referencesAreExpandedAsKubernetesDoes() {
    Map<String, String> values = Map.of("A", "1$");
    assertThat(Expansion.expand("$(A) $$(A) $(B) $A $$", values)).isEqualTo("1$ $(A) $(B) $A $");
  }

  @Test
  void theLongestMountPathWinsAndWholeNamesOnlyCount() {
    var pod =
        Bench.yaml(
            "metadata: {uid: u}\nspec: {volumes: [{name: a, emptyDir: {}}, {name: b, emptyDir: {}}]}");
    var container =
        Bench.yaml(
            "volumeMounts: [{name: a, mountPath: /data}, {name: b, mountPath: /data/deep/, subPath: x}]");
    PodPlace place =
        new PodPlace(pod, "127.1.1.1", "ctx1", new theater.laptop.plan.HomeFolder(Path.of("/h")));
    MountPaths mounts = new MountPaths(place, container);
    assertThat(mounts.rewrite("/data/deep/file")).isEqualTo("/h/ctx1/pods/u/volumes/b/x/file");
    assertThat(mounts.rewrite("/data")).isEqualTo("/h/ctx1/pods/u/volumes/a");
    assertThat(mounts.rewrite("/database")).isEqualTo("/database");
  }

  @Test
  void aPodWithoutASidecarListensAtItsOwnAddress() {
    var alone = Bench.yaml("spec: {containers: [{name: main}]}");
    var beside = Bench.yaml("spec: {containers: [{name: main}, {name: istio-proxy}]}");
    assertThat(new PodPlace(alone, "127.1.1.1", "ctx1", null).application()).isEqualTo("127.1.1.1");
    assertThat(new PodPlace(beside, "127.1.1.1", "ctx1", null).application())
        .isEqualTo("127.1.1.2");
  }

  @Test
  void addressesAreTheLowestFreeOnes() {
    PodAddresses addresses = new PodAddresses(new AddressPlan(0), "ctx2");
    assertThat(addresses.keep("127.2.1.1")).isTrue();
    assertThat(addresses.keep("127.2.1.1")).isFalse();
    assertThat(addresses.keep("127.1.9.1")).as("of the other context").isFalse();
    assertThat(addresses.take()).isEqualTo("127.2.2.1");
    addresses.free("127.2.1.1");
    assertThat(addresses.take()).isEqualTo("127.2.1.1");
  }

  @Test
  void aFolderChangesAsAWhole(@TempDir Path folder) throws Exception {
    Path volume = folder.resolve("v");
    assertThat(AtomicFolder.write(volume, Map.of("a", bytes("1"), "deep/b", bytes("2")))).isTrue();
    assertThat(AtomicFolder.write(volume, Map.of("a", bytes("1"), "deep/b", bytes("2")))).isFalse();
    assertThat(volume.resolve("deep/b")).hasContent("2");
    assertThat(AtomicFolder.write(volume, Map.of("c", bytes("3")))).isTrue();
    assertThat(volume.resolve("a")).doesNotExist();
    assertThat(volume.resolve("c")).hasContent("3");
    try (var left = Files.list(volume)) {
      assertThat(left).as("the link, the version, the file").hasSize(3);
    }
    assertThatThrownBy(() -> AtomicFolder.write(volume, Map.of("../x", bytes("4"))))
        .hasMessageContaining("../x");
  }

  @Test
  void theNodesRestartCountsAsOneOfItsContainers() {
    var before =
        Bench.yaml(
            "{restartCount: 2, containerID: x, state: {running: {startedAt: '2026-11-21T10:00:00Z'}}}");
    ContainerHistory history = ContainerHistory.of(before, false, NOON);
    assertThat(history.restarts()).isEqualTo(3);
    assertThat(history.lastState().path("terminated").path("exitCode").asInt()).isEqualTo(255);
    assertThat(ContainerHistory.of(Bench.yaml("{}"), false, NOON).restarts()).isZero();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
