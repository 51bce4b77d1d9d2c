package theater.laptop.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The real kubectl's less common verbs: server-side apply, explain, chunks, diff, replace, edit.
class KubectlVerbsTest extends KubectlShop {
  @BeforeEach
  void fill() throws Exception {
    ok("apply", "-f", "all.yaml");
  }

  @Test
  void serverSideApplyNamesTheOtherManagerOfAField() throws Exception {
    ok("set", "image", "deploy/web", "main=nginx:1.27", "-n", "shop");
    String refused = fails("apply", "--server-side", "-f", "all.yaml");
    assertThat(refused)
        .contains("service/web serverside-applied")
        .contains(
            "Apply failed with 1 conflict: conflict with \"kubectl-set\" using apps/v1: .spec.template.spec.containers[name=\"main\"].image");
    assertThat(image()).isEqualTo("nginx:1.27");
    ok("apply", "--server-side", "--force-conflicts", "-f", "all.yaml");
    assertThat(image()).isEqualTo("nginx:1.25");
    ok("apply", "--server-side", "-f", "all.yaml");
  }

  @Test
  void aListWithoutKeysIsOneField() throws Exception {
    ok(
        "patch",
        "vs",
        "web-vs",
        "-n",
        "shop",
        "--type=merge",
        "-p",
        "{\"spec\":{\"http\":[{\"route\":[{\"destination\":{\"host\":\"web2\"}}]}]}}");
    assertThat(fails("apply", "--server-side", "--field-manager=other", "-f", "all.yaml"))
        .contains("conflict with \"kubectl-patch\" using networking.istio.io/v1: .spec.http");
  }

  @Test
  void whatAManagerNoLongerAppliesGoes() throws Exception {
    String with =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: made, namespace: shop, labels: {a: "1"}}
        data: {one: "1", two: "2"}
        """;
    Files.writeString(folder.resolve("cm.yaml"), with);
    ok("apply", "--server-side", "-f", "cm.yaml");
    ok("label", "cm", "made", "-n", "shop", "b=2");
    Files.writeString(
        folder.resolve("cm.yaml"),
        with.replace(", labels: {a: \"1\"}", "").replace(", two: \"2\"", ""));
    ok("apply", "--server-side", "-f", "cm.yaml");
    assertThat(ok("get", "cm", "made", "-n", "shop", "-o", "jsonpath={.data} {.metadata.labels}"))
        .isEqualTo("{\"one\":\"1\"} {\"b\":\"2\"}");
    assertThat(ok("get", "cm", "made", "-n", "shop", "-o", "yaml", "--show-managed-fields"))
        .contains("manager: kubectl-label", "operation: Apply");
  }

  @Test
  void listsComeInChunks() throws Exception {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      ok("create", "configmap", name, "-n", "shop");
    }
    assertThat(ok("get", "cm", "-n", "shop", "--chunk-size=2", "-o", "name").lines())
        .containsExactly("configmap/a", "configmap/b", "configmap/c", "configmap/d", "configmap/e");
    assertThat(ok("get", "cm", "-n", "shop", "--chunk-size=2").lines()).hasSize(6);
    assertThat(ok("get", "--raw", "/api/v1/namespaces/shop/configmaps?limit=2"))
        .contains("\"remainingItemCount\":3", "\"continue\":\"");
    assertThat(fails("get", "--raw", "/api/v1/namespaces/shop/configmaps?limit=2&continue=x"))
        .contains("continue key is not valid");
  }

  @Test
  void explainGoesDownToTheFields() throws Exception {
    assertThat(ok("explain", "vs.spec.http.route.weight"))
        .contains("GROUP:      networking.istio.io", "KIND:       VirtualService", "<integer>");
    assertThat(ok("explain", "deploy.spec.strategy"))
        .contains("KIND:       Deployment", "rollingUpdate");
    assertThat(fails("explain", "vs.spec.http.rout")).contains("rout");
  }

  @Test
  void diffReplaceAndDryRun() throws Exception {
    Files.writeString(
        folder.resolve("new.yaml"),
        Files.readString(folder.resolve("all.yaml")).replace("replicas: 2", "replicas: 3"));
    assertThat(fails("diff", "-f", "new.yaml")).contains("-  replicas: 2", "+  replicas: 3");
    assertThat(ok("apply", "--dry-run=server", "-f", "new.yaml"))
        .contains("deployment.apps/web configured (server dry run)");
    assertThat(ok("get", "deploy", "web", "-n", "shop", "-o", "jsonpath={.spec.replicas}"))
        .isEqualTo("2");
    Files.writeString(
        folder.resolve("live.yaml"), ok("get", "svc", "web", "-n", "shop", "-o", "yaml"));
    ok("label", "svc", "web", "-n", "shop", "x=y");
    assertThat(fails("replace", "-f", "live.yaml"))
        .contains(
            "Operation cannot be fulfilled on services \"web\": the object has been modified");
  }

  private String image() throws Exception {
    return ok(
        "get",
        "deploy",
        "web",
        "-n",
        "shop",
        "-o",
        "jsonpath={.spec.template.spec.containers[0].image}");
  }
}
