package theater.laptop.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.kube.ResourceTypes;

/// What a pod runs and what becomes of it when there is no such image, or another one: real
/// processes, a fake API server.
class PodImagesTest {
  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void begin() throws Exception {
    bench = new Bench(folder);
  }

  @AfterEach
  void end() {
    bench.close();
  }

  @Test
  void anUnknownImageSaysWhatThereIs() throws Exception {
    bench.start();
    ObjectNode pod = bench.pod("web", "", "");
    ((ObjectNode) pod.path("spec").path("containers").path(0))
        .put("image", "harbor.localhost:8880/theater-msa/sh:v9");
    bench.api.create(ResourceTypes.POD, pod);
    JsonNode failed =
        bench.awaitPod("web", "refused", each -> Bench.waiting(each).equals("ErrImagePull"));
    assertThat(Bench.container(failed).path("state").path("waiting").path("message").asText())
        .contains("sh:v9")
        .contains("tags there: latest");
    bench.awaitPod("web", "backing off", each -> Bench.waiting(each).equals("ImagePullBackOff"));
    String image = "image \"harbor.localhost:8880/theater-msa/sh:v9\"";
    bench.awaitEvent("Normal Pulling: Pulling " + image, 2);
    bench.awaitEvent("Warning Failed: Failed to pull " + image + ": failed to pull " + image, 2);
    bench.awaitEvent("Warning Failed: Error: ErrImagePull", 2);
    bench.awaitEvent("Normal BackOff: Back-off pulling " + image, 2);
    bench.awaitEvent("Warning Failed: Error: ImagePullBackOff", 2);
    bench.awaitPod("web", "asking once more", each -> Bench.waiting(each).equals("ErrImagePull"));
  }

  @Test
  void anImageOfNoValidNameIsNotLookedFor() throws Exception {
    bench.start();
    ObjectNode pod = bench.pod("web", "", "");
    ((ObjectNode) pod.path("spec").path("containers").path(0)).put("image", "sh:Not/Valid");
    bench.api.create(ResourceTypes.POD, pod);
    bench.awaitPod("web", "refused", each -> Bench.waiting(each).equals("InvalidImageName"));
    bench.awaitEvent(
        "Warning InspectFailed: Failed to apply default image tag \"sh:Not/Valid\"", 1);
    bench.awaitEvent("Warning Failed: Error: InvalidImageName", 2);
  }

  @Test
  void anotherImageRestartsTheContainer() throws Exception {
    bench.image("loud", "exec 2>&1; echo loud; exec sleep 1000");
    bench.start();
    ObjectNode pod = bench.pod("web", "", "");
    ((ObjectNode) pod.path("spec").path("containers").path(0)).remove("args");
    pod.withObjectProperty("spec").put("restartPolicy", "Never");
    ObjectNode made = bench.api.create(ResourceTypes.POD, pod);
    bench.awaitPod("web", "ready", Bench::ready);
    bench.setImage("web", "loud");
    JsonNode again =
        bench.awaitPod(
            "web",
            "restarted",
            each -> Bench.container(each).path("restartCount").asInt() == 1 && Bench.ready(each));
    bench.awaitLog(made, "loud");
    assertThat(Bench.container(again).path("image").asText()).isEqualTo("loud");
    bench.awaitEvent("Normal Killing: Container main definition changed, will be restarted", 1);
  }

  @Test
  void theRightImageEndsAWaitForAWrongOne() throws Exception {
    bench.start();
    ObjectNode pod = bench.pod("web", "exec sleep 1000", "");
    ((ObjectNode) pod.path("spec").path("containers").path(0)).put("image", "sh:v9");
    bench.api.create(ResourceTypes.POD, pod);
    bench.awaitPod("web", "refused", each -> Bench.waiting(each).contains("Image"));
    bench.setImage("web", "sh:latest");
    JsonNode started = bench.awaitPod("web", "ready", Bench::ready);
    assertThat(Bench.container(started).path("restartCount").asInt()).isZero();
  }
}
