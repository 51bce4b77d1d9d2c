package theater.laptop.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;

/// What a pod reads: mounted files, keys in its environment, names of services.
class PodFilesTest {
  private static final String CLAIM = "{metadata: {name: data, namespace: default}, spec: {}}";

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
  void mountedConfigMapsFollowChanges() throws Exception {
    bench.start();
    String more =
        "volumeMounts: [{name: c, mountPath: /etc/web}]\nenv: [{name: CONFIG, value: /etc/web/greeting}]";
    ObjectNode pod = bench.pod("web", "while :; do cat $CONFIG; sleep 0.05; done", more);
    pod.withObjectProperty("spec")
        .putArray("volumes")
        .addObject()
        .put("name", "c")
        .putObject("configMap")
        .put("name", "web");
    ObjectNode made = bench.api.create(ResourceTypes.POD, pod);
    bench.awaitEvent("Warning FailedMount: MountVolume.SetUp failed", 1);
    bench.create(
        ResourceTypes.CONFIG_MAP,
        "{metadata: {name: web, namespace: default}, data: {greeting: one}}");
    bench.awaitLog(made, "one");
    bench.api.mergePatch(
        ResourceTypes.CONFIG_MAP, "default", "web", null, Bench.yaml("data: {greeting: two}"));
    bench.awaitLog(made, "two");
  }

  @Test
  void aMissingKeyIsAContainerConfigErrorUntilItComes() throws Exception {
    bench.start();
    String env = "env: [{name: KEY, valueFrom: {secretKeyRef: {name: s, key: k}}}]";
    bench.api.create(ResourceTypes.POD, bench.pod("web", "echo key $KEY; exec sleep 1000", env));
    JsonNode pod =
        bench.awaitPod(
            "web", "waiting", each -> Bench.waiting(each).equals("CreateContainerConfigError"));
    assertThat(Bench.container(pod).path("state").path("waiting").path("message").asText())
        .isEqualTo("secret \"s\" not found");
    bench.create(
        ResourceTypes.SECRET, "{metadata: {name: s, namespace: default}, data: {k: aGk=}}");
    bench.awaitLog(bench.awaitPod("web", "ready", Bench::ready), "key hi");
  }

  @Test
  void servicesGetNamesAtThePodsOwnAddresses() throws Exception {
    bench.start();
    ObjectNode made =
        bench.api.create(
            ResourceTypes.POD,
            bench.pod("web", "while :; do cat $THEATER_HOSTS; sleep 0.05; done", ""));
    bench.awaitPod("web", "ready", Bench::ready);
    bench.create(
        ResourceTypes.SERVICE,
        "{metadata: {name: redis, namespace: default}, spec: {clusterIP: 127.141.0.12}}");
    bench.awaitLog(
        made, "127.141.1.12 redis redis.default redis.default.svc redis.default.svc.cluster.local");
  }

  @Test
  void dataEndsWithItsClaimAndNotWithAPod() throws Exception {
    bench.start();
    bench.create(ResourceTypes.PERSISTENT_VOLUME_CLAIM, CLAIM);
    bench.awaitLog(writer("a"), "runs: 1");
    remove(ResourceTypes.POD, "a");
    bench.awaitLog(writer("b"), "runs: 2");
    remove(ResourceTypes.POD, "b");
    remove(ResourceTypes.PERSISTENT_VOLUME_CLAIM, "data");
    bench.create(ResourceTypes.PERSISTENT_VOLUME_CLAIM, CLAIM);
    bench.awaitLog(writer("c"), "runs: 1");
  }

  private ObjectNode writer(String name) {
    String more = "env: [{name: DATA, value: /data}]\nvolumeMounts: [{name: d, mountPath: /data}]";
    ObjectNode pod =
        bench.pod(
            name, "echo run >> $DATA/runs; echo runs: $(wc -l <$DATA/runs); exec sleep 1000", more);
    pod.withObjectProperty("spec")
        .putArray("volumes")
        .addObject()
        .put("name", "d")
        .putObject("persistentVolumeClaim")
        .put("claimName", "data");
    return bench.api.create(ResourceTypes.POD, pod);
  }

  private void remove(ResourceType type, String name) throws InterruptedException {
    bench.api.delete(type, "default", name, null, null);
    assertThat(
            bench.api.await(() -> bench.api.find(type, "default", name).isEmpty(), Bench.PATIENCE))
        .as(name)
        .isTrue();
  }
}
