package theater.laptop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.laptop.api.ApiServer;
import theater.laptop.plan.AddressPlan;
import theater.laptop.plan.HomeFolder;
import theater.mesh.discovery.Surroundings;
import theater.mesh.identity.CertificateAuthority;
import theater.mesh.identity.IssuedCertificate;
import theater.mesh.identity.Pem;
import theater.mesh.view.MeshSettings;
import theater.mesh.view.MeshView;

/// What a learner sees: the real kubectl against the API server with the control plane's checks.
class WarningsTest {
  private static final String RULE =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: user-service-vs, namespace: default}
      spec:
        hosts: [user-service]
        http:
        - fault: {abort: {httpStatus: 500}}
          mirrorPercent: 10
          route: [{destination: {host: user-service}}]
        tcp:
        - match: [{sourceSubnet: 10.0.0.0/8}]
          route: [{destination: {host: user-service}}]
      """;

  @TempDir Path folder;
  private volatile Surroundings surroundings;

  @Test
  void kubectlPrintsTheAdviceInEnglish() throws Exception {
    assertThat(applied(Locale.ENGLISH))
        .contains(
            "Warning: theater/T013: spec.http[0].fault.abort has no percentage.value (or 0) and does nothing; for every request: percentage: {value: 100} (docs/warnings/T013.md)\n")
        .contains(
            "Warning: using deprecated setting \"mirrorPercent\", use \"mirrorPercentage\" instead\n")
        .containsPattern("Warning: .*spec.tcp\\[0\\].match\\[0\\].sourceSubnet.* has no effect");
  }

  @Test
  void kubectlPrintsTheAdviceInKorean() throws Exception {
    assertThat(applied(Locale.KOREAN))
        .contains(
            "Warning: theater/T013: spec.http[0].fault.abort에 percentage.value가 없어서(또는 0이어서) 아무 일도 일어나지 않습니다. 모든 요청이면 percentage: {value: 100} (docs/warnings/T013.md)\n");
  }

  /// What kubectl says on stderr; the object is stored all the same.
  private String applied(Locale language) throws Exception {
    Path kubectl = kubectl();
    assumeTrue(kubectl != null, "skipped: kubectl is not in the engines folder");
    HomeFolder home = new HomeFolder(folder);
    Files.createDirectories(folder);
    CertificateAuthority authority = CertificateAuthority.open(home.pki());
    IssuedCertificate certificate = authority.server(List.of("127.0.0.1", "localhost"));
    try (ApiServer server =
        ApiServer.start(
            new ApiServer.Config(
                "ctx1",
                0,
                Pem.certificates(certificate.chainPem()),
                Pem.key(certificate.keyPem()),
                Pem.certificates(authority.rootPem()).getFirst(),
                home,
                "127.1.0.",
                AddressPlan.FIRST_SERVICE,
                AddressPlan.LAST_SERVICE,
                List.of(
                    new MeshAdmission(
                        language,
                        () -> surroundings == null ? Optional.empty() : surroundings.known()))))) {
      surroundings = new Surroundings("ctx1", Map.of("ctx1", server.api()));
      surroundings.update(
          new MeshView(
              "ctx1",
              MeshSettings.DEFAULT,
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of()));
      Path kubeconfig = kubeconfig(authority, server.port());
      Path file = Files.writeString(folder.resolve("rule.yaml"), RULE);
      Path errors = folder.resolve("stderr");
      Process process =
          new ProcessBuilder(
                  kubectl.toString(),
                  "--kubeconfig",
                  kubeconfig.toString(),
                  "apply",
                  "-f",
                  file.toString())
              .redirectError(errors.toFile())
              .redirectOutput(folder.resolve("stdout").toFile())
              .start();
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      String said = Files.readString(errors, StandardCharsets.UTF_8);
      assertThat(process.exitValue()).as(said).isZero();
      assertThat(Files.readString(folder.resolve("stdout"))).contains("user-service-vs created");
      return said;
    }
  }

  private Path kubeconfig(CertificateAuthority authority, int port) throws Exception {
    IssuedCertificate admin = authority.client("admin", "system:masters");
    Path root = Files.writeString(folder.resolve("root.pem"), authority.rootPem());
    Path chain = Files.writeString(folder.resolve("admin.pem"), admin.chainPem());
    Path key = Files.writeString(folder.resolve("admin.key"), admin.keyPem());
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: ctx1
        clusters: [{name: ctx1, cluster: {server: "https://127.0.0.1:%d", certificate-authority: %s}}]
        users: [{name: u, user: {client-certificate: %s, client-key: %s}}]
        contexts: [{name: ctx1, context: {cluster: ctx1, user: u}}]
        """
            .formatted(port, root, chain, key));
  }

  private static Path kubectl() {
    Map<String, String> environment = System.getenv();
    String cache =
        environment.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
    Path file =
        Path.of(
            environment.getOrDefault("THEATER_ENGINES", cache + "/theater/engines"),
            "kubectl-1.35",
            "kubectl");
    return Files.isExecutable(file) ? file : null;
  }
}
