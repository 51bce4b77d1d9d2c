package theater.laptop.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.kube.Meta;
import theater.kube.ResourceTypes;

/// Real processes, a fake API server.
class NodeAgentTest {
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
  void aNodeIsMadeOnceAndItsLabelsAreNotTouchedAgain() throws Exception {
    bench.create(ResourceTypes.NODE, "metadata: {name: node-1, labels: {cluster-name: mine}}");
    bench.start();
    assertThat(
            bench.api.await(
                () ->
                    bench
                        .api
                        .get(ResourceTypes.NODE, null, "node-1")
                        .path("status")
                        .has("capacity"),
                Bench.PATIENCE))
        .isTrue();
    assertThat(Meta.labels(bench.api.get(ResourceTypes.NODE, null, "node-1")))
        .containsOnlyKeys("cluster-name")
        .containsValue("mine");
  }

  @Test
  void aPodStartsWithItsAddressLogAndEvents() throws Exception {
    bench.start();
    ObjectNode made =
        bench.api.create(
            ResourceTypes.POD,
            bench.pod("web", "echo hello $HOSTNAME on $BIND_ADDRESS; exec sleep 1000", ""));
    JsonNode pod = bench.awaitPod("web", "ready", Bench::ready);
    assertThat(pod.path("status").path("podIP").asText()).isEqualTo("127.141.1.1");
    assertThat(pod.path("status").path("phase").asText()).isEqualTo("Running");
    bench.awaitLog(made, "hello web on 127.141.1.1");
    bench.awaitEvent(
        "Normal Pulled: Container image \"sh\" already present on machine and can be accessed by the pod",
        1);
    bench.awaitEvent("Normal Created: Container created", 1);
    bench.awaitEvent("Normal Started: Container started", 1);
    assertThat(pod.path("status").path("conditions").findValuesAsText("type"))
        .containsExactly(
            "PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled");
  }

  @Test
  void aPodThatCrashesIsStartedAgainAtOnceAndThenWaits() throws Exception {
    bench.start();
    bench.api.create(
        ResourceTypes.POD,
        bench.pod("web", "echo why; exit 3", "terminationMessagePolicy: FallbackToLogsOnError"));
    JsonNode pod =
        bench.awaitPod(
            "web", "in back-off", each -> Bench.waiting(each).equals("CrashLoopBackOff"));
    assertThat(Bench.container(pod).path("lastState").path("terminated").path("exitCode").asInt())
        .isEqualTo(3);
    assertThat(Bench.container(pod).path("lastState").path("terminated").path("message").asText())
        .isEqualTo("why");
    assertThat(Bench.container(pod).path("restartCount").asInt()).isEqualTo(1);
    bench.awaitPod(
        "web",
        "started a third time",
        each -> Bench.container(each).path("restartCount").asInt() >= 2);
  }

  @Test
  void aBackOffIsToldAgainWhileItLastsAndTheLogIsNoMessage() throws Exception {
    bench.start();
    bench.api.create(ResourceTypes.POD, bench.pod("web", "echo why; exit 3", ""));
    bench.awaitEvent("Warning BackOff: Back-off restarting failed container main in pod web_", 6);
    JsonNode pod =
        bench.awaitPod(
            "web", "restarted", each -> Bench.container(each).path("restartCount").asInt() > 0);
    assertThat(Bench.container(pod).path("restartCount").asInt()).isLessThan(6);
    assertThat(Bench.container(pod).path("lastState").path("terminated").has("message")).isFalse();
  }

  @Test
  void aMissingConfigMapOfAVolumeIsToldUntilItComes() throws Exception {
    bench.start();
    ObjectNode pod = bench.pod("web", "exec sleep 1000", "");
    pod.withObjectProperty("spec")
        .set("volumes", Bench.yaml("v: [{name: conf, configMap: {name: colours}}]").path("v"));
    bench.api.create(ResourceTypes.POD, pod);
    String failed = "Warning FailedMount: MountVolume.SetUp failed for volume \"conf\" : ";
    bench.awaitEvent(failed + "configmap \"colours\" not found", 2);
    bench.create(
        ResourceTypes.CONFIG_MAP, "metadata: {name: colours, namespace: default}\ndata: {a: b}");
    bench.awaitPod("web", "ready", Bench::ready);
  }

  @Test
  void readinessFollowsTheProbe() throws Exception {
    bench.start();
    Path flag = folder.resolve("ready");
    String probe =
        "readinessProbe: {periodSeconds: 1, failureThreshold: 1, exec: {command: [test, -e, "
            + flag
            + "]}}";
    bench.api.create(ResourceTypes.POD, bench.pod("web", "exec sleep 1000", probe));
    JsonNode running =
        bench.awaitPod(
            "web", "running", each -> Bench.container(each).path("state").has("running"));
    assertThat(Bench.ready(running)).isFalse();
    Files.writeString(flag, "");
    bench.awaitPod("web", "ready", Bench::ready);
    Files.delete(flag);
    bench.awaitPod("web", "not ready any more", each -> !Bench.ready(each));
  }

  @Test
  void aFailedLivenessProbeRestarts() throws Exception {
    bench.start();
    String probe =
        "livenessProbe: {periodSeconds: 1, failureThreshold: 1, exec: {command: [sh, -c, 'echo cold; exit 1']}}";
    bench.api.create(ResourceTypes.POD, bench.pod("web", "exec sleep 1000", probe));
    bench.awaitPod(
        "web", "restarted", each -> Bench.container(each).path("restartCount").asInt() >= 1);
    bench.awaitEvent("Warning Unhealthy: Liveness probe failed: cold", 1);
    bench.awaitEvent("Normal Killing: Container main failed liveness probe, will be restarted", 1);
  }

  @Test
  void aDeletedPodGetsATermAndItsFolderGoes() throws Exception {
    bench.start();
    Path flag = folder.resolve("bye");
    String script =
        "trap 'echo bye > " + flag + "; exit 0' TERM; echo up; while :; do sleep 0.05; done";
    ObjectNode made = bench.api.create(ResourceTypes.POD, bench.pod("web", script, ""));
    bench.awaitLog(made, "up");
    bench.api.delete(ResourceTypes.POD, "default", "web", null, null);
    bench.awaitGone("web");
    assertThat(flag).hasContent("bye\n");
    assertThat(
            bench.api.await(
                () -> !Files.exists(bench.home.pod("ctx1", Meta.uid(made))), Bench.PATIENCE))
        .isTrue();
  }

  @Test
  void aPodThatDoesNotEndIsKilledAfterItsGrace() throws Exception {
    bench.start();
    ObjectNode pod = bench.pod("web", "trap '' TERM; echo up; while :; do sleep 0.05; done", "");
    pod.withObjectProperty("spec").put("terminationGracePeriodSeconds", 1);
    bench.awaitLog(bench.api.create(ResourceTypes.POD, pod), "up");
    bench.api.delete(ResourceTypes.POD, "default", "web", null, null);
    bench.awaitGone("web");
  }

  @Test
  void podsGoOnWithoutAnApiServerAndTellItAfterwards() throws Exception {
    bench.start();
    Path flag = folder.resolve("crash");
    bench.api.create(
        ResourceTypes.POD,
        bench.pod(
            "web",
            "while [ ! -e " + flag + " ]; do sleep 0.05; done; rm " + flag + "; exit 7",
            ""));
    bench.awaitPod("web", "ready", Bench::ready);
    bench.api.unavailable(true);
    Files.writeString(flag, "");
    assertThat(bench.api.await(() -> !Files.exists(flag), Bench.PATIENCE)).isTrue();
    bench.api.unavailable(false);
    JsonNode pod =
        bench.awaitPod(
            "web",
            "restarted",
            each -> Bench.container(each).path("restartCount").asInt() == 1 && Bench.ready(each));
    assertThat(Bench.container(pod).path("lastState").path("terminated").path("exitCode").asInt())
        .isEqualTo(7);
  }

  @Test
  void aRestartOfTheAgentContinuesPodsWithTheirAddressesAndFolders() throws Exception {
    bench.start();
    for (String name : new String[] {"a", "b"}) {
      String more =
          "env: [{name: DATA, value: /data}]\nvolumeMounts: [{name: d, mountPath: /data}]";
      ObjectNode pod =
          bench.pod(name, "echo run >> $DATA/runs; cat $DATA/runs; exec sleep 1000", more);
      pod.withObjectProperty("spec")
          .putArray("volumes")
          .addObject()
          .put("name", "d")
          .putObject("emptyDir");
      bench.api.create(ResourceTypes.POD, pod);
      bench.awaitLog(bench.awaitPod(name, "ready", Bench::ready), "run\n");
    }
    Files.createDirectories(bench.home.pod("ctx1", "leftover"));
    bench.agent.close();
    bench.api.delete(ResourceTypes.POD, "default", "a", null, 0);
    bench.start();
    JsonNode b =
        bench.awaitPod(
            "b",
            "restarted",
            each -> Bench.container(each).path("restartCount").asInt() == 1 && Bench.ready(each));
    assertThat(b.path("status").path("podIP").asText()).isEqualTo("127.141.2.1");
    bench.awaitLog(b, "run\nrun\n");
    assertThat(bench.home.pod("ctx1", "leftover")).doesNotExist();
    bench.api.create(ResourceTypes.POD, bench.pod("c", "exec sleep 1000", ""));
    assertThat(bench.awaitPod("c", "ready", Bench::ready).path("status").path("podIP").asText())
        .isEqualTo("127.141.1.1");
  }

  @Test
  void initContainersRunInOrderBeforeTheOthers() throws Exception {
    bench.start();
    ObjectNode pod = bench.pod("web", "cat $HOME/order; exec sleep 1000", "");
    for (String each : new String[] {"one", "two"}) {
      ObjectNode init =
          pod.withObjectProperty("spec")
              .withArray("initContainers")
              .addObject()
              .put("name", each)
              .put("image", "sh");
      init.putArray("args").add("echo " + each + " >> $HOME/order");
    }
    bench.awaitLog(bench.api.create(ResourceTypes.POD, pod), "one\ntwo\n");
  }

  @Test
  void aPodThatIsNotRestartedSucceeds() throws Exception {
    bench.start();
    ObjectNode pod = bench.pod("web", "exit 0", "");
    pod.withObjectProperty("spec").put("restartPolicy", "Never");
    bench.api.create(ResourceTypes.POD, pod);
    bench.awaitPod(
        "web", "done", each -> each.path("status").path("phase").asText().equals("Succeeded"));
  }
}
