package theater.laptop.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import theater.kube.KubeApi;
import theater.kube.ResourceType;
import theater.laptop.api.json.Json;

/// The real kubectl against the server: apply, create, patch, scale, roll out.
class KubectlTest extends KubectlShop {
  private static final ResourceType DEPLOYMENT =
      new ResourceType("apps", "v1", "deployments", "Deployment", true);

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
  void createsEveryKindThatItHasAWordFor() throws Exception {
    ok("create", "ns", "shop");
    for (String command :
        """
        serviceaccount sa
        configmap c --from-literal=a=b
        secret generic s --from-literal=p=q
        secret docker-registry r --docker-server=s --docker-username=u --docker-password=p
        service clusterip one --tcp=80:8080
        service nodeport two --tcp=80
        service externalname three --external-name=example.com
        deployment d --image=nginx
        job j --image=busybox -- true
        cronjob cj --image=busybox --schedule=*/5_*_*_*_* -- true
        job again --from=cronjob/cj
        quota q --hard=pods=3,cpu=1 --scopes=BestEffort
        pdb b1 --selector=app=a --min-available=50%
        pdb b2 --selector=app=a --max-unavailable=1
        priorityclass high --value=0 --description=none
        role r --verb=get --resource=pods --resource-name=a
        rolebinding rb --role=r --user=kim
        clusterrole cr --verb=get --non-resource-url=/healthz
        clusterrole sum --aggregation-rule=a=b
        clusterrolebinding crb --clusterrole=cr --group=g
        ingress i --class=none --default-backend=d:http --rule=example.com/a*=one:80,tls=t --rule=/exact=two:web
        """
            .lines()
            .toList()) {
      List<String> words = new ArrayList<>(List.of("create"));
      words.addAll(List.of(command.strip().split(" ")));
      words.replaceAll(word -> word.startsWith("--schedule") ? word.replace('_', ' ') : word);
      words.addAll(1, List.of("-n", "shop"));
      assertThat(ok(words.toArray(new String[0]))).as(command).contains("created");
    }
    assertThat(ok("get", "ingress", "i", "-n", "shop", "-o", "jsonpath={.spec}"))
        .isEqualTo(
            "{\"defaultBackend\":{\"service\":{\"name\":\"d\",\"port\":{\"name\":\"http\"}}},\"ingressClassName\":\"none\","
                + "\"rules\":[{\"host\":\"example.com\",\"http\":{\"paths\":[{\"backend\":{\"service\":{\"name\":\"one\",\"port\":{\"number\":80}}},\"path\":\"/a\",\"pathType\":\"Prefix\"}]}},"
                + "{\"http\":{\"paths\":[{\"backend\":{\"service\":{\"name\":\"two\",\"port\":{\"name\":\"web\"}}},\"path\":\"/exact\",\"pathType\":\"Exact\"}]}}],"
                + "\"tls\":[{\"hosts\":[\"example.com\"],\"secretName\":\"t\"}]}");
    assertThat(ok("get", "priorityclass", "high")).containsPattern("high +0 +false .*PreemptLower");
    assertThat(ok("get", "clusterrole", "sum", "-o", "jsonpath={.aggregationRule}"))
        .isEqualTo("{\"clusterRoleSelectors\":[{\"matchLabels\":{\"a\":\"b\"}}]}");
    assertThat(ok("get", "cronjob", "cj", "-n", "shop", "-o", "jsonpath={.spec.schedule}"))
        .isEqualTo("*/5 * * * *");
    assertThat(ok("get", "quota", "q", "-n", "shop", "-o", "jsonpath={.spec}"))
        .isEqualTo("{\"hard\":{\"cpu\":\"1\",\"pods\":\"3\"},\"scopes\":[\"BestEffort\"]}");
    assertThat(ok("get", "pdb", "b1", "-n", "shop", "-o", "jsonpath={.spec.minAvailable}"))
        .isEqualTo("50%");
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
  void anAnnotationOfADeploymentIsANewGenerationAndAnotherObjectsIsNone() throws Exception {
    ok("apply", "-f", "all.yaml");
    ok("annotate", "deploy/web", "vs/web-vs", "note=hi", "-n", "shop");
    String generation = "jsonpath={.items[*].metadata.generation}";
    assertThat(ok("get", "deploy/web", "vs/web-vs", "-n", "shop", "-o", generation))
        .isEqualTo("2 1");
  }

  @Test
  void endpointsAreToldToBeDeprecated() throws Exception {
    assertThat(ok("get", "endpoints"))
        .contains(
            "Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice");
    assertThat(ok("get", "endpointslices")).doesNotContain("Warning");
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
}
