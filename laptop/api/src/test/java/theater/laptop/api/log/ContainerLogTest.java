package theater.laptop.api.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import theater.laptop.api.json.Json;

/// Whose lines `kubectl logs` shows, and kubelet's words when there are none.
class ContainerLogTest {
  private static final String ENDED = "\"lastState\": {\"terminated\": {\"exitCode\": 1}}";
  @TempDir Path folder;

  private ContainerLog log(String status) throws Exception {
    String pod =
        "{\"metadata\": {\"name\": \"y\"}, \"status\": {\"containerStatuses\": [{\"name\": \"x\", "
            + status
            + "}]}}";
    JsonNode object = Json.read(pod.getBytes(StandardCharsets.UTF_8));
    return new ContainerLog(object, "x", folder.resolve("x.log"));
  }

  @ParameterizedTest
  @CsvSource({
    "ErrImagePull, image can't be pulled",
    "ImagePullBackOff, trying and failing to pull image",
    "PodInitializing, PodInitializing",
  })
  void aContainerThatWaitsSaysForWhat(String reason, String why) throws Exception {
    ContainerLog log = log("\"state\": {\"waiting\": {\"reason\": \"" + reason + "\"}}");
    assertThatThrownBy(() -> log.file(false))
        .hasMessage("container \"x\" in pod \"y\" is waiting to start: " + why);
    assertThatThrownBy(() -> log.file(true))
        .hasMessage("previous terminated container \"x\" in pod \"y\" not found");
  }

  @Test
  void thePreviousRunIsTheOneBeforeTheNewest() throws Exception {
    Path newest = Files.createFile(folder.resolve("x.log"));
    Path before = Files.createFile(folder.resolve("x.log.1"));
    assertThat(log("\"state\": {\"running\": {}}, " + ENDED).file(true)).isEqualTo(before);
    assertThat(log("\"state\": {\"running\": {}}, " + ENDED).file(false)).isEqualTo(newest);
  }

  @Test
  void betweenTwoRunsBothMeanTheOneThatEnded() throws Exception {
    Path newest = Files.createFile(folder.resolve("x.log"));
    Files.createFile(folder.resolve("x.log.1"));
    ContainerLog log =
        log("\"state\": {\"waiting\": {\"reason\": \"CrashLoopBackOff\"}}, " + ENDED);
    assertThat(log.file(true)).isEqualTo(newest);
    assertThat(log.file(false)).isEqualTo(newest);
    assertThat(log.ended()).isTrue();
  }
}
