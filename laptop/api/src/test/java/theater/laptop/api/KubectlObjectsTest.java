package theater.laptop.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import theater.laptop.api.json.Json;

/// What every object can do: names that the server makes, finalizers, selectors, versions that are
/// forgotten; by the real kubectl and over HTTPS.
class KubectlObjectsTest extends KubectlShop {
  @BeforeEach
  void fill() throws Exception {
    ok("create", "namespace", "shop");
  }

  @Test
  void aGeneratedNameIsAnotherOneEachTime() throws Exception {
    Files.writeString(
        folder.resolve("generated.yaml"),
        "{apiVersion: v1, kind: ConfigMap, metadata: {generateName: gen-, namespace: shop}}");
    String made = ok("create", "-f", "generated.yaml") + ok("create", "-f", "generated.yaml");
    assertThat(made.lines())
        .hasSize(2)
        .doesNotHaveDuplicates()
        .allMatch(line -> line.matches("configmap/gen-[a-z0-9]{5} created"));
    assertThat(ok("get", "cm", "-n", "shop", "-o", "name").lines()).hasSize(2);
    assertThat(fails("apply", "-f", "generated.yaml"))
        .contains("cannot use generate name with apply");
  }

  @Test
  void anObjectStaysUntilItsFinalizerIsGone() throws Exception {
    Files.writeString(
        folder.resolve("held.yaml"),
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: held, namespace: shop, finalizers: [example.com/hold]}}");
    ok("create", "-f", "held.yaml");
    assertThat(ok("delete", "cm", "held", "-n", "shop", "--wait=false"))
        .contains("configmap \"held\" deleted");
    assertThat(
            ok("get", "cm", "held", "-n", "shop", "-o", "jsonpath={.metadata.deletionTimestamp}"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    ok("label", "cm", "held", "-n", "shop", "still=here");
    String more = "{\"metadata\":{\"finalizers\":[\"example.com/hold\",\"example.com/more\"]}}";
    assertThat(fails("patch", "cm", "held", "-n", "shop", "--type=merge", "-p", more))
        .contains(
            "metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{\"example.com/more\"}");
    String none = "{\"metadata\":{\"finalizers\":null}}";
    ok("patch", "cm", "held", "-n", "shop", "--type=merge", "-p", none);
    assertThat(fails("get", "cm", "held", "-n", "shop"))
        .contains("Error from server (NotFound): configmaps \"held\" not found");
  }

  @Test
  void labelsAreChosenBySets() throws Exception {
    for (String name : new String[] {"a", "b", "c"}) {
      ok("create", "cm", name, "-n", "shop");
      ok("label", "cm", name, "-n", "shop", "name=" + name);
    }
    ok("label", "cm", "c", "-n", "shop", "last=yes");
    assertThat(chosen("name in (a, c)")).isEqualTo("configmap/a configmap/c");
    assertThat(chosen("name notin (a, c)")).isEqualTo("configmap/b");
    assertThat(chosen("!last")).isEqualTo("configmap/a configmap/b");
    assertThat(chosen("name in (a, c),last")).isEqualTo("configmap/c");
    assertThat(chosen("name!=a")).isEqualTo("configmap/b configmap/c");
    assertThat(fails("get", "cm", "-n", "shop", "--field-selector=data.a=b"))
        .contains(
            "\"data.a\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
    assertThat(fails("get", "pods", "-n", "shop", "--field-selector=spec.x=b"))
        .contains("field label not supported: spec.x");
  }

  private String chosen(String selector) throws Exception {
    return ok("get", "cm", "-n", "shop", "-l", selector, "-o", "name").strip().replace("\n", " ");
  }

  @Test
  void aVersionThatIsForgottenIs410() throws Exception {
    for (String name : new String[] {"a", "b", "c"}) {
      ok("create", "cm", name, "-n", "shop");
    }
    String path = "/api/v1/namespaces/shop/configmaps";
    JsonNode page = json(call("GET", path + "?limit=1", "Accept", "application/json"));
    ok("create", "cm", "d", "-n", "shop");
    cluster.close();
    cluster.start();
    String next = "?limit=1&continue=" + page.path("metadata").path("continue").asText();
    HttpResponse<String> expired = call("GET", path + next, "Accept", "application/json");
    assertThat(expired.statusCode()).isEqualTo(410);
    assertThat(json(expired).path("reason").asText()).isEqualTo("Expired");
    assertThat(json(expired).path("message").asText()).contains("continue parameter is too old");
    String old = page.path("metadata").path("resourceVersion").asText();
    HttpResponse<String> watch =
        call("GET", path + "?watch=true&resourceVersion=" + old, "Accept", "application/json");
    assertThat(watch.statusCode()).isEqualTo(200);
    assertThat(json(watch).path("type").asText()).isEqualTo("ERROR");
    assertThat(json(watch).path("object").path("code").asInt()).isEqualTo(410);
    assertThat(json(watch).path("object").path("reason").asText()).isEqualTo("Expired");
  }

  @Test
  void discoveryIsAggregatedForThoseWhoAskForIt() throws Exception {
    String type = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    HttpResponse<String> together = call("GET", "/apis", "Accept", type + ",application/json");
    assertThat(together.headers().firstValue("content-type")).contains(type);
    assertThat(json(together).path("kind").asText()).isEqualTo("APIGroupDiscoveryList");
    assertThat(json(together).path("items").findValuesAsText("resource"))
        .contains("deployments", "virtualservices");
    HttpResponse<String> plain = call("GET", "/apis", "Accept", "application/json");
    assertThat(json(plain).path("kind").asText()).isEqualTo("APIGroupList");
    assertThat(plain.headers().firstValue("content-type")).contains("application/json");
  }

  @Test
  void aPatchOfNoKnownTypeIsRefused() throws Exception {
    ok("create", "cm", "a", "-n", "shop");
    HttpResponse<String> refused =
        call("PATCH", "/api/v1/namespaces/shop/configmaps/a", "Content-Type", "application/json");
    assertThat(refused.statusCode()).isEqualTo(415);
    assertThat(json(refused).path("reason").asText()).isEqualTo("UnsupportedMediaType");
    assertThat(json(refused).path("message").asText())
        .contains("application/json-patch+json", "application/apply-patch+yaml");
  }

  private HttpResponse<String> call(String method, String path, String header, String value)
      throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(TestIdentity.get().tls(true)).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + cluster.server.port() + path))
              .method(method, HttpRequest.BodyPublishers.ofString(method.equals("GET") ? "" : "{}"))
              .header(header, value)
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return Json.read(response.body().getBytes(StandardCharsets.UTF_8));
  }
}
