package theater.laptop.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import theater.kube.KubeApi;
import theater.kube.KubeException;
import theater.kube.ResourceType;
import theater.laptop.api.json.Json;

/// The real kubectl and the life of objects: pods and their logs, an ending namespace, rights, a
/// restart.
class KubectlLifeTest extends KubectlShop {
  private static final ResourceType NAMESPACE =
      new ResourceType("", "v1", "namespaces", "Namespace", false);
  private static final ResourceType POD = new ResourceType("", "v1", "pods", "Pod", true);
  private static final ResourceType SERVICE =
      new ResourceType("", "v1", "services", "Service", true);

  @Test
  void podsGetAccountSidecarAndLogs() throws Exception {
    ok("apply", "-f", "all.yaml");
    ok("run", "p0", "--image=nginx", "-n", "shop");
    assertThat(ok("logs", "p0", "-c", "p0", "-n", "shop")).as("of a pod without a node").isEmpty();
    String node = "--overrides={\"spec\": {\"nodeName\": \"node-1\"}}";
    ok("run", "p1", "--image=nginx", "-n", "shop", node);
    ObjectNode pod = cluster.server.api().get(POD, "shop", "p1");
    assertThat(pod.at("/spec/serviceAccountName").asText()).isEqualTo("default");
    assertThat(pod.at("/spec/containers/1/name").asText()).isEqualTo("istio-proxy");
    assertThat(pod.at("/metadata/labels").path("security.istio.io/tlsMode").asText())
        .isEqualTo("istio");
    assertThat(ok("get", "pods", "-n", "shop")).contains("0/2", "Pending");
    assertThat(ok("describe", "pod", "p1", "-n", "shop"))
        .containsPattern(
            "/var/run/secrets/kubernetes.io/serviceaccount from kube-api-access-\\w{5} \\(ro\\)")
        .containsPattern("TokenExpirationSeconds: +3607")
        .containsPattern("ConfigMapName: +kube-root-ca.crt")
        .contains("node.kubernetes.io/not-ready:NoExecute op=Exists for 300s")
        .contains("node.kubernetes.io/unreachable:NoExecute op=Exists for 300s");
    Path log = cluster.home.log("ctx1", pod.at("/metadata/uid").asText(), "p1");
    Files.createDirectories(log.getParent());
    Files.writeString(log, "one\ntwo\nthree\n");
    assertThat(ok("logs", "p1", "-c", "p1", "-n", "shop", "--tail=2")).isEqualTo("two\nthree\n");
    ObjectNode done = Json.object();
    done.putObject("status").put("phase", "Succeeded");
    cluster.server.api().mergePatch(POD, "shop", "p1", "status", done);
    assertThat(ok("logs", "-f", "p1", "-c", "p1", "-n", "shop")).isEqualTo("one\ntwo\nthree\n");
    ok("delete", "pod", "p1", "-n", "shop", "--timeout=20s");
    assertThat(fails("get", "pod", "p1", "-n", "shop"))
        .contains("Error from server (NotFound): pods \"p1\" not found");
  }

  @Test
  void aNamespaceWaitsForItsFinalizer() throws Exception {
    ok("apply", "-f", "all.yaml");
    ok("delete", "ns", "shop", "--wait=false");
    assertThat(ok("get", "ns", "shop")).contains("Terminating");
    assertThat(fails("create", "sa", "x", "-n", "shop")).contains("because it is being terminated");
    KubeApi api = cluster.server.api();
    ObjectNode patch = Json.object();
    patch.putObject("spec").putArray("finalizers");
    api.mergePatch(NAMESPACE, null, "shop", null, patch);
    await(() -> {
      try {
        api.get(NAMESPACE, null, "shop");
        return false;
      } catch (KubeException e) {
        return e.code() == 404;
      }
    });
  }

  @Test
  void aServiceAccountMayWhatItsRoleSays() throws Exception {
    ok("apply", "-f", "all.yaml");
    ok("create", "sa", "reader", "-n", "shop");
    ok("create", "role", "r", "--verb=get,list", "--resource=services", "-n", "shop");
    ok("create", "rolebinding", "b", "--role=r", "--serviceaccount=shop:reader", "-n", "shop");
    Path kubeconfig =
        cluster.tokenKubeconfig(ok("create", "token", "reader", "-n", "shop").strip());
    assertThat(cluster.run(kubeconfig, folder, "get", "svc", "-n", "shop").exit()).isZero();
    assertThat(cluster.run(kubeconfig, folder, "get", "pods", "-n", "shop").text())
        .contains(
            "pods is forbidden: User \"system:serviceaccount:shop:reader\" cannot list resource \"pods\" in API group \"\" in the namespace \"shop\"");
    Path nobody = cluster.tokenKubeconfig("nonsense");
    assertThat(cluster.run(nobody, folder, "get", "svc", "-n", "shop").exit()).isEqualTo(1);
  }

  @Test
  void restartKeepsObjects() throws Exception {
    ok("apply", "-f", "all.yaml");
    String uid = cluster.server.api().get(SERVICE, "shop", "web").at("/metadata/uid").asText();
    cluster.close();
    cluster.start();
    assertThat(cluster.server.api().get(SERVICE, "shop", "web").at("/metadata/uid").asText())
        .isEqualTo(uid);
    assertThat(ok("apply", "-f", "all.yaml")).contains("service/web unchanged");
  }
}
