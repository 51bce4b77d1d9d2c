package theater.laptop.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import theater.laptop.api.admission.Admission;

/// A server without controllers that kubectl can fill: what controllers would do, a test does by
/// hand.
abstract class KubectlShop {
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
  Cluster cluster;

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

  String ok(String... words) throws Exception {
    Cluster.Answer answer = cluster.run(folder, words);
    assertThat(answer.exit())
        .as("kubectl %s said %s", String.join(" ", words), answer.text())
        .isZero();
    return answer.text();
  }

  String fails(String... words) throws Exception {
    Cluster.Answer answer = cluster.run(folder, words);
    assertThat(answer.exit())
        .as("kubectl %s said %s", String.join(" ", words), answer.text())
        .isEqualTo(1);
    return answer.text();
  }

  static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(end);
      Thread.yield();
    }
  }
}
