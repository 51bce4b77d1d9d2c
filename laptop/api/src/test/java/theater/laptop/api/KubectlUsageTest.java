package theater.laptop.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import theater.kube.ResourceTypes;
import theater.laptop.api.json.Json;

/// The real kubectl asks what is used, and autoscales.
class KubectlUsageTest extends KubectlShop {
  @BeforeEach
  void fill() throws Exception {
    ok("apply", "-f", "all.yaml");
  }

  @Test
  void topSaysSoWhenNothingIsKnownYet() throws Exception {
    ok("run", "p1", "--image=nginx", "-n", "shop");
    assertThat(fails("top", "pods", "-n", "shop")).contains("etrics not available");
  }

  @Test
  void topShowsWhatNodesTold() throws Exception {
    ok("run", "p1", "--image=nginx", "-n", "shop", "--labels=a=b");
    node();
    told(Instant.now());
    assertThat(ok("top", "pods", "-n", "shop").lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).matches("NAME +CPU\\(cores\\) +MEMORY\\(bytes\\) *"),
            line -> assertThat(line).matches("p1 +13m +72Mi *"));
    assertThat(ok("top", "pods", "-n", "shop", "-l", "a=b", "--containers"))
        .contains("p1", "istio-proxy", "3m", "8Mi");
    assertThat(ok("top", "pods", "-n", "shop", "-l", "a=c")).contains("No resources found");
    assertThat(ok("top", "nodes")).containsPattern("node-1 +13m +0% +72Mi +7%");
    assertThat(fails("delete", "pods.metrics.k8s.io", "p1", "-n", "shop"))
        .contains("the server does not allow this method on the requested resource");
  }

  @Test
  void aNodeThatIsSilentTellsNothing() throws Exception {
    ok("run", "p1", "--image=nginx", "-n", "shop");
    node();
    told(Instant.now().minus(5, ChronoUnit.MINUTES));
    assertThat(fails("top", "pods", "-n", "shop")).contains("etrics not available");
  }

  @Test
  void anAutoscalerIsReadAndWrittenInBothVersions() throws Exception {
    ok("autoscale", "deploy", "web", "--min=1", "--max=3", "--cpu=80%", "-n", "shop");
    assertThat(ok("get", "hpa", "-n", "shop"))
        .containsPattern("NAME +REFERENCE +TARGETS +MINPODS +MAXPODS +REPLICAS +AGE")
        .containsPattern("web +Deployment/web +cpu: <unknown>/80% +1 +3 +0");
    assertThat(
            ok("get", "horizontalpodautoscalers.v1.autoscaling", "web", "-n", "shop", "-o", "yaml"))
        .contains("targetCPUUtilizationPercentage: 80", "apiVersion: autoscaling/v1")
        .doesNotContain("averageUtilization");
    Files.writeString(
        folder.resolve("hpa.yaml"),
        """
        apiVersion: autoscaling/v1
        kind: HorizontalPodAutoscaler
        metadata: {name: old, namespace: shop}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
          maxReplicas: 5
          targetCPUUtilizationPercentage: 60
        """);
    ok("apply", "-f", "hpa.yaml");
    assertThat(ok("get", "hpa", "old", "-n", "shop", "-o", "jsonpath={.spec.metrics}"))
        .contains("\"averageUtilization\":60", "\"type\":\"Utilization\"");
    assertThat(ok("apply", "-f", "hpa.yaml")).contains("unchanged");
    assertThat(ok("describe", "hpa", "old", "-n", "shop")).contains("Deployment/web");
  }

  private void node() {
    ObjectNode node = Json.object();
    node.putObject("metadata").put("name", "node-1");
    ObjectNode status = node.putObject("status");
    for (String field : new String[] {"capacity", "allocatable"}) {
      status.putObject(field).put("cpu", "2").put("memory", "1000Mi");
    }
    cluster.server.api().create(ResourceTypes.NODE, node);
    ObjectNode patch = Json.object();
    patch.set("status", status);
    cluster.server.api().mergePatch(ResourceTypes.NODE, null, "node-1", "status", patch);
  }

  private void told(Instant time) throws Exception {
    String now = time.truncatedTo(ChronoUnit.SECONDS).toString();
    Files.createDirectories(cluster.home.run());
    Files.writeString(
        cluster.home.usage("node-1"),
        """
        {"node": {"kind": "NodeMetrics", "apiVersion": "metrics.k8s.io/v1beta1", "timestamp": "NOW",
          "window": "15.000s", "metadata": {"name": "node-1"}, "usage": {"cpu": "13000000n", "memory": "73728Ki"}},
         "pods": [
          {"kind": "PodMetrics", "apiVersion": "metrics.k8s.io/v1beta1", "timestamp": "NOW", "window": "15.000s",
           "metadata": {"name": "p1", "namespace": "shop"}, "containers": [
            {"name": "p1", "usage": {"cpu": "10000000n", "memory": "65536Ki"}},
            {"name": "istio-proxy", "usage": {"cpu": "3000000n", "memory": "8192Ki"}}]},
          {"kind": "PodMetrics", "apiVersion": "metrics.k8s.io/v1beta1", "timestamp": "NOW", "window": "15.000s",
           "metadata": {"name": "gone", "namespace": "shop"}, "containers": []}]}
        """
            .replace("NOW", now));
  }
}
