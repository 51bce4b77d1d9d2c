package theater.laptop.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Mistakes in objects, refused in the real server's words, and what it fills in.
class KubectlChecksTest extends KubectlShop {
  private static final String HIGH =
      """
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: web, namespace: shop}
      spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
      """;

  @BeforeEach
  void fill() throws Exception {
    ok("apply", "-f", "all.yaml");
  }

  @Test
  void aMemoryLimitBelowTheRequestIsRefused() throws Exception {
    ok("set", "resources", "deploy/web", "-n", "shop", "--requests=memory=96Mi,cpu=0.5");
    assertThat(fails("set", "resources", "deploy/web", "-n", "shop", "--limits=memory=64Mi"))
        .contains(
            "spec.template.spec.containers[0].resources.requests: Invalid value: \"96Mi\": must be less than or equal to memory limit of 64Mi");
    assertThat(fails("set", "resources", "deploy/web", "-n", "shop", "--limits=cpu=400m"))
        .contains("must be less than or equal to cpu limit of 400m");
    ok("set", "resources", "deploy/web", "-n", "shop", "--limits=memory=96Mi,cpu=500m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type":"Recreate","rollingUpdate":{"maxSurge":1}} | spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'
          {"rollingUpdate":{"maxSurge":0,"maxUnavailable":0}} | spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0
          {"rollingUpdate":{"maxUnavailable":"101%"}} | spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "101%": must not be greater than 100%
          {"rollingUpdate":{"maxSurge":"some"}} | spec.strategy.rollingUpdate.maxSurge: Invalid value: "some": a valid percent string must be a numeric string followed by an ending '%'
          {"type":"Other"} | spec.strategy: Unsupported value: {"Type":"Other","RollingUpdate":{"MaxUnavailable":"25%","MaxSurge":"25%"}}: supported values: "Recreate", "RollingUpdate"
          """)
  void aStrategyThatCannotWorkIsRefused(String strategy, String answer) throws Exception {
    assertThat(
            fails(
                "patch",
                "deploy",
                "web",
                "-n",
                "shop",
                "-p",
                "{\"spec\":{\"strategy\":" + strategy + "}}",
                "--type=merge"))
        .contains("The Deployment \"web\" is invalid", answer);
  }

  @Test
  void quantitiesAreKeptInOneWay() throws Exception {
    ok(
        "patch",
        "deploy",
        "web",
        "-n",
        "shop",
        "--type=json",
        "-p",
        """
        [{"op":"add","path":"/spec/template/spec/containers/0/resources","value":
          {"requests":{"cpu":0.5,"memory":"1024Mi"},"limits":{"cpu":"1000m","memory":"1.1Gi"}}}]
        """);
    String path = "jsonpath={.spec.template.spec.containers[0].resources}";
    assertThat(ok("get", "deploy", "web", "-n", "shop", "-o", path))
        .isEqualTo(
            "{\"limits\":{\"cpu\":\"1\",\"memory\":\"1181116006400m\"},\"requests\":{\"cpu\":\"500m\",\"memory\":\"1Gi\"}}");
  }

  @Test
  void metadataThatSaysNothingIsNotKept() throws Exception {
    Files.writeString(
        folder.resolve("plain.yaml"),
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: plain, namespace: shop, finalizers: [], annotations: {}, labels: null}}");
    ok("create", "-f", "plain.yaml");
    String path = "jsonpath={.metadata}";
    assertThat(ok("get", "cm", "plain", "-n", "shop", "-o", path))
        .contains("\"name\":\"plain\"")
        .doesNotContain("finalizers", "annotations", "labels");
    ok("replace", "-f", "plain.yaml");
    assertThat(ok("get", "cm", "plain", "-n", "shop", "-o", path)).doesNotContain("finalizers");
  }

  @Test
  void aServicesSelectorHasWhatLabelsMayHave() throws Exception {
    Files.writeString(
        folder.resolve("selector.yaml"),
        "{apiVersion: v1, kind: Service, metadata: {name: odd, namespace: shop}, spec: {selector: {app: 'a,b'}, ports: [{port: 80}]}}");
    assertThat(fails("create", "-f", "selector.yaml"))
        .contains(
            "The Service \"odd\" is invalid",
            "spec.selector: Invalid value: \"a,b\": a valid label");
  }

  @Test
  void aPatchThatIsNoJsonIsRefusedInOneLine() throws Exception {
    assertThat(fails("patch", "deploy", "web", "-n", "shop", "-p", "{spec"))
        .contains("must be of type JSON")
        .doesNotContain("Source");
  }

  @Test
  void recreateAloneIsFine() throws Exception {
    ok(
        "patch",
        "deploy",
        "web",
        "-n",
        "shop",
        "--type=merge",
        "-p",
        "{\"spec\":{\"strategy\":{\"type\":\"Recreate\",\"rollingUpdate\":null}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [{"port":80,"name":"Http"}]                            | spec.ports[0].name: Invalid value: "Http": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-'
          [{"port":80,"name":"a"},{"port":81,"name":"a"}]        | spec.ports[1].name: Duplicate value: "a"
          [{"port":80,"targetPort":"a-name-that-is-too-long"}]   | spec.ports[0].targetPort: Invalid value: "a-name-that-is-too-long": must be no more than 15 bytes
          """)
  void aWrongPortOfAServiceIsRefused(String ports, String answer) throws Exception {
    assertThat(
            fails(
                "patch",
                "svc",
                "web",
                "-n",
                "shop",
                "--type=merge",
                "-p",
                "{\"spec\":{\"ports\":" + ports + "}}"))
        .contains("The Service \"web\" is invalid", answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          abcdefghijklmnop | must be no more than 15 bytes
          Http             | must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)
          80               | must contain at least one letter (a-z)
          a--b             | must not contain consecutive hyphens
          a-               | must not begin or end with a hyphen
          """)
  void aWrongNameOfAContainerPortIsRefused(String name, String answer) throws Exception {
    String ports = "[{\"containerPort\":80,\"name\":\"" + name + "\"}]";
    assertThat(fails("patch", "deploy", "web", "-n", "shop", "-p", container(ports)))
        .contains(
            "spec.template.spec.containers[0].ports[0].name: Invalid value: \""
                + name
                + "\": "
                + answer);
  }

  @Test
  void twoContainerPortsOfOneNameAreRefused() throws Exception {
    String ports = "[{\"containerPort\":80,\"name\":\"a\"},{\"containerPort\":81,\"name\":\"a\"}]";
    assertThat(fails("patch", "deploy", "web", "-n", "shop", "-p", container(ports)))
        .contains("spec.template.spec.containers[0].ports[1].name: Duplicate value: \"a\"");
  }

  @Test
  void anAutoscalerWithoutMetricsAimsAtTheProcessors() throws Exception {
    Files.writeString(folder.resolve("hpa.yaml"), HIGH);
    ok("apply", "-f", "hpa.yaml");
    assertThat(
            ok(
                "get",
                "hpa",
                "web",
                "-n",
                "shop",
                "-o",
                "jsonpath={.spec.minReplicas} {.spec.metrics}"))
        .isEqualTo(
            "1 [{\"resource\":{\"name\":\"cpu\",\"target\":{\"averageUtilization\":80,\"type\":\"Utilization\"}},\"type\":\"Resource\"}]");
    assertThat(ok("get", "hpa", "web", "-n", "shop")).contains("cpu: <unknown>/80%", " 1 ");
  }

  @Test
  void namespacesThatEveryClusterHasStay() throws Exception {
    for (String name : new String[] {"default", "kube-system", "kube-public"}) {
      assertThat(fails("delete", "ns", name))
          .contains(
              "Error from server (Forbidden): namespaces \""
                  + name
                  + "\" is forbidden: this namespace may not be deleted");
    }
    ok("delete", "ns", "kube-node-lease", "--wait=false");
  }

  @Test
  void aPodWithoutItsAccountIsForbidden() throws Exception {
    String overrides = "--overrides={\"spec\":{\"serviceAccountName\":\"kim\"}}";
    assertThat(fails("run", "p", "--image=nginx", "-n", "shop", overrides))
        .contains(
            "Error from server (Forbidden): pods \"p\" is forbidden: error looking up service account shop/kim: serviceaccount \"kim\" not found");
    ok("create", "sa", "kim", "-n", "shop");
    ok("run", "p", "--image=nginx", "-n", "shop", overrides);
  }

  @Test
  void theRevisionDefaultInjects() throws Exception {
    ok("create", "ns", "plain");
    ok("create", "ns", "revised");
    ok("label", "ns", "revised", "istio.io/rev=default");
    ok("create", "ns", "canary");
    ok("label", "ns", "canary", "istio.io/rev=canary");
    assertThat(containers("revised", "")).isEqualTo("p istio-proxy");
    assertThat(containers("revised", "sidecar.istio.io/inject=false")).isEqualTo("p");
    assertThat(containers("canary", "sidecar.istio.io/inject=true")).isEqualTo("p");
    assertThat(containers("plain", "")).isEqualTo("p");
    assertThat(containers("plain", "sidecar.istio.io/inject=true")).isEqualTo("p istio-proxy");
    assertThat(containers("plain", "istio.io/rev=default")).isEqualTo("p istio-proxy");
  }

  private String containers(String namespace, String label) throws Exception {
    ok("run", "p", "--image=nginx", "-n", namespace, "-l", label.isEmpty() ? "a=b" : label);
    String names =
        ok("get", "pod", "p", "-n", namespace, "-o", "jsonpath={.spec.containers[*].name}");
    ok("delete", "pod", "p", "-n", namespace, "--now");
    return names;
  }

  private static String container(String ports) {
    return "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"main\",\"ports\":"
        + ports
        + "}]}}}}";
  }
}
