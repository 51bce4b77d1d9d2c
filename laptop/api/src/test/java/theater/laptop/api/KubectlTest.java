package theater.laptop.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.kube.KubeApi;
import theater.kube.KubeException;
import theater.kube.ResourceType;
import theater.laptop.api.admission.Admission;
import theater.laptop.api.json.Json;

/// The real kubectl against the server, without controllers: what they would do is done by hand
/// here.
class KubectlTest {
  private static final ResourceType DEPLOYMENT =
      new ResourceType("apps", "v1", "deployments", "Deployment", true);
  private static final ResourceType NAMESPACE =
      new ResourceType("", "v1", "namespaces", "Namespace", false);
  private static final ResourceType POD = new ResourceType("", "v1", "pods", "Pod", true);
  private static final ResourceType SERVICE =
      new ResourceType("", "v1", "services", "Service", true);
  private static final String MANIFESTS =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop, labels: {istio-injection: enabled}}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: shop, labels: {app: web}}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers: [{name: main, image: "nginx:1.25", env: [{name: A, value: "1"}]}]
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop}
      spec: {selector: {app: web}, ports: [{port: 80, name: http}]}
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: web-vs, namespace: shop}
      spec: {hosts: [web], http: [{route: [{destination: {host: web}}]}]}
      """;

  @TempDir Path folder;
  private Cluster cluster;

  @BeforeEach
  void start() throws Exception {
    Admission warns =
        object ->
            object.path("kind").asText().equals("VirtualService")
                ? new Admission.Review(null, List.of("field spec.x is not modelled"))
                : Admission.Review.FINE;
    cluster = new Cluster(folder, warns);
    Files.writeString(folder.resolve("all.yaml"), MANIFESTS);
  }

  @AfterEach
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void appliesTwiceAndPrintsEveryForm() throws Exception {
    assertThat(ok("apply", "-f", "all.yaml"))
        .contains("deployment.apps/web created", "Warning: field spec.x is not modelled");
    assertThat(ok("apply", "-f", "all.yaml"))
        .contains(
            "deployment.apps/web unchanged", "virtualservice.networking.istio.io/web-vs unchanged");
    assertThat(ok("get", "deploy", "web", "-n", "shop")).contains("READY", "0/2");
    assertThat(ok("get", "deploy", "-n", "shop", "-o", "wide"))
        .contains("CONTAINERS", "nginx:1.25");
    assertThat(
            ok(
                "get",
                "deploy",
                "web",
                "-n",
                "shop",
                "-o",
                "jsonpath={.spec.strategy.rollingUpdate.maxSurge}"))
        .isEqualTo("25%");
    assertThat(ok("get", "svc", "-n", "shop", "-o", "custom-columns=IP:.spec.clusterIP"))
        .contains("127.131.0.10");
    assertThat(ok("get", "all,vs,dr", "-n", "shop", "-l", "app=web", "--show-labels"))
        .contains("deployment.apps/web")
        .doesNotContain("service/web");
    assertThat(ok("get", "vs", "-A")).contains("[\"web\"]");
    assertThat(
            ok(
                "get",
                "virtualservices.v1alpha3.networking.istio.io",
                "web-vs",
                "-n",
                "shop",
                "-o",
                "yaml"))
        .contains("apiVersion: networking.istio.io/v1alpha3");
    assertThat(ok("describe", "deploy", "web", "-n", "shop"))
        .contains("StrategyType:           RollingUpdate");
    assertThat(ok("describe", "vs,svc,ns", "-n", "shop")).contains("web-vs");
  }

  @Test
  void createsByProtobuf() throws Exception {
    ok("create", "ns", "shop");
    ok("create", "configmap", "c", "--from-literal=a=b", "-n", "shop");
    ok("create", "secret", "generic", "s", "--from-literal=p=q", "-n", "shop");
    assertThat(ok("get", "secret", "s", "-n", "shop", "-o", "jsonpath={.data.p}"))
        .isEqualTo("cQ==");
    ok("create", "deployment", "d", "--image=nginx", "--port=80", "--replicas=0", "-n", "shop");
    assertThat(
            ok(
                "get",
                "deploy",
                "d",
                "-n",
                "shop",
                "-o",
                "jsonpath={.spec.replicas} {.spec.template.spec.containers[0].ports[0].containerPort}"))
        .isEqualTo("0 80");
    assertThat(fails("create", "ns", "shop"))
        .contains("(AlreadyExists)", "namespaces \"shop\" already exists");
  }

  @Test
  void patchesScalesAndLabels() throws Exception {
    ok("apply", "-f", "all.yaml");
    ok(
        "patch",
        "deploy",
        "web",
        "-n",
        "shop",
        "-p",
        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"main\",\"env\":[{\"name\":\"C\",\"value\":\"3\"}]}]}}}}");
    assertThat(
            ok(
                "get",
                "deploy",
                "web",
                "-n",
                "shop",
                "-o",
                "jsonpath={.spec.template.spec.containers[0].env[*].name}"))
        .isEqualTo("C A");
    ok(
        "patch",
        "vs",
        "web-vs",
        "-n",
        "shop",
        "--type=merge",
        "-p",
        "{\"spec\":{\"hosts\":[\"web2\"]}}");
    ok(
        "patch",
        "vs",
        "web-vs",
        "-n",
        "shop",
        "--type=json",
        "-p",
        "[{\"op\":\"add\",\"path\":\"/spec/http/0/timeout\",\"value\":\"3s\"}]");
    assertThat(
            ok(
                "get",
                "vs",
                "web-vs",
                "-n",
                "shop",
                "-o",
                "jsonpath={.metadata.generation} {.spec.hosts[0]} {.spec.http[0].timeout}"))
        .isEqualTo("3 web2 3s");
    assertThat(fails("patch", "vs", "web-vs", "-n", "shop", "--type=strategic", "-p", "{}"))
        .contains("is not supported by networking.istio.io/v1");
    ok("scale", "deploy", "web", "--replicas=3", "-n", "shop");
    assertThat(
            fails("scale", "deploy", "web", "--replicas=1", "--current-replicas=7", "-n", "shop"))
        .contains("Expected replicas to be 7, was 3");
    ok("label", "deploy", "web", "x=y", "-n", "shop");
    assertThat(ok("get", "deploy", "web", "-n", "shop", "-o", "jsonpath={.metadata.generation}"))
        .isEqualTo("3");
  }

  @Test
  void rolloutStatusFollowsTheStatus() throws Exception {
    ok("apply", "-f", "all.yaml");
    KubeApi api = cluster.server.api();
    ObjectNode patch = Json.object();
    patch
        .putObject("status")
        .put("observedGeneration", 1)
        .put("replicas", 2)
        .put("updatedReplicas", 2)
        .put("readyReplicas", 2)
        .put("availableReplicas", 2);
    Thread.ofVirtual().start(() -> api.mergePatch(DEPLOYMENT, "shop", "web", "status", patch));
    assertThat(ok("rollout", "status", "deploy/web", "-n", "shop", "--timeout=30s"))
        .contains("successfully rolled out");
  }

  @Test
  void podsGetAccountSidecarAndLogs() throws Exception {
    ok("apply", "-f", "all.yaml");
    ok("run", "p1", "--image=nginx", "-n", "shop");
    ObjectNode pod = cluster.server.api().get(POD, "shop", "p1");
    assertThat(pod.at("/spec/serviceAccountName").asText()).isEqualTo("default");
    assertThat(pod.at("/spec/containers/1/name").asText()).isEqualTo("istio-proxy");
    assertThat(pod.at("/metadata/labels").path("security.istio.io/tlsMode").asText())
        .isEqualTo("istio");
    assertThat(ok("get", "pods", "-n", "shop")).contains("0/2", "Pending");
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

  private String ok(String... words) throws Exception {
    Cluster.Answer answer = cluster.run(folder, words);
    assertThat(answer.exit())
        .as("kubectl %s said %s", String.join(" ", words), answer.text())
        .isZero();
    return answer.text();
  }

  private String fails(String... words) throws Exception {
    Cluster.Answer answer = cluster.run(folder, words);
    assertThat(answer.exit())
        .as("kubectl %s said %s", String.join(" ", words), answer.text())
        .isEqualTo(1);
    return answer.text();
  }

  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(end);
      Thread.yield();
    }
  }
}
