package theater.laptop.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;

/// Evictions, as `kubectl drain` asks for them, against a PodDisruptionBudget whose status the test
/// writes.
class KubectlEvictionTest extends KubectlShop {
  private static final String REFUSED =
      "Cannot evict pod as it would violate the pod's disruption budget.";

  @BeforeEach
  void fill() throws Exception {
    ok("create", "ns", "shop");
    for (String pod : new String[] {"a", "b"}) {
      ok("run", pod, "--image=nginx", "--labels=app=web", "-n", "shop");
      status(
          ResourceTypes.POD, pod, "{phase: Running, conditions: [{type: Ready, status: 'True'}]}");
    }
    ok("create", "pdb", "budget", "--selector=app=web", "--min-available=1", "-n", "shop");
  }

  @Test
  void aBudgetHoldsEvictionsUp() throws Exception {
    assertThat(evict("a")).as("the status is not there yet").contains(REFUSED);
    budget(0);
    assertThat(evict("a")).contains("TooManyRequests", REFUSED);
    assertThat(ok("get", "pods", "-n", "shop", "-o", "name")).contains("pod/a", "pod/b");
    budget(1);
    assertThat(evict("a")).contains("Success");
    assertThat(ok("get", "pods", "-n", "shop", "-o", "name")).doesNotContain("pod/a");
    assertThat(ok("get", "pdb", "budget", "-n", "shop", "-o", "jsonpath={.status}"))
        .contains("\"disruptionsAllowed\":0", "\"disruptedPods\":{\"a\":");
    assertThat(evict("b")).contains(REFUSED);
    assertThat(ok("get", "pdb", "-n", "shop"))
        .contains("MIN AVAILABLE", "ALLOWED DISRUPTIONS")
        .containsPattern("budget +1 +N/A +0");
  }

  @Test
  void podsThatKeepNothingUpMayGo() throws Exception {
    budget(0);
    status(ResourceTypes.POD, "a", "{phase: Failed}");
    assertThat(evict("a")).contains("Success");
    status(
        ResourceTypes.POD, "b", "{phase: Running, conditions: [{type: Ready, status: 'False'}]}");
    assertThat(evict("b")).as("one healthy pod is wanted, and there").contains("Success");
  }

  @Test
  void anEvictionNamesItsPod() throws Exception {
    assertThat(evict("a", "b")).contains("name in URL does not match name in Eviction object");
  }

  private String evict(String pod) throws Exception {
    return evict(pod, pod);
  }

  private String evict(String pod, String named) throws Exception {
    Files.writeString(
        folder.resolve("eviction.json"),
        "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"%s\",\"namespace\":\"shop\"}}"
            .formatted(named));
    return cluster
        .run(
            folder,
            "create",
            "--raw",
            "/api/v1/namespaces/shop/pods/" + pod + "/eviction",
            "-f",
            "eviction.json")
        .text();
  }

  private void budget(int allowed) throws Exception {
    status(
        ResourceTypes.POD_DISRUPTION_BUDGET,
        "budget",
        "{observedGeneration: 1, desiredHealthy: 1, currentHealthy: 1, expectedPods: 2, disruptionsAllowed: "
            + allowed
            + "}");
  }

  private void status(ResourceType type, String name, String status) throws Exception {
    ObjectNode patch = (ObjectNode) new YAMLMapper().readTree("status: " + status);
    cluster.server.api().mergePatch(type, "shop", name, "status", patch);
  }
}
