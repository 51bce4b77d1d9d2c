package theater.mesh.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
  private static final String USER = "spiffe://cluster.local/ns/theater-msa/sa/user-service";
  @TempDir Path folder;

  @Test
  void isKeptOverRestarts() {
    CertificateAuthority first = CertificateAuthority.open(folder);
    String intermediate =
        chain(first.intermediate("ctx1").workload(USER, Duration.ofHours(1))).get(1).toString();

    CertificateAuthority second = CertificateAuthority.open(folder);

    assertThat(second.rootPem()).isEqualTo(first.rootPem());
    assertThat(chain(second.intermediate("ctx1").workload(USER, Duration.ofHours(1))).get(1))
        .hasToString(intermediate);
  }

  @Test
  void processesThatOpenAtOnceShareOneRoot() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      Callable<String> open = () -> CertificateAuthority.open(folder).rootPem();
      List<Future<String>> roots = threads.invokeAll(List.of(open, open, open, open));
      for (Future<String> root : roots) {
        assertThat(root.get()).isEqualTo(roots.getFirst().get());
      }
    }
  }

  @Test
  void keysAreReadableByTheOwnerOnly() throws Exception {
    CertificateAuthority.open(folder).intermediate("ctx1");
    for (String key : List.of("root.key", "intermediate-ctx1.key")) {
      assertThat(Files.getPosixFilePermissions(folder.resolve(key)))
          .isEqualTo(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    }
  }

  @Test
  void aWorkloadIsItsSpiffeIdAndNothingElse() throws Exception {
    CertificateAuthority authority = CertificateAuthority.open(folder);
    IssuedCertificate issued = authority.intermediate("ctx1").workload(USER, Duration.ofHours(24));
    List<X509Certificate> chain = chain(issued);

    assertThat(chain).hasSize(2);
    X509Certificate leaf = chain.getFirst();
    assertThat(leaf.getSubjectX500Principal().getName()).isEmpty();
    assertThat(leaf.getSubjectAlternativeNames()).containsExactly(List.of(6, USER));
    assertThat(leaf.getCriticalExtensionOIDs()).contains("2.5.29.17");
    assertThat(leaf.getExtendedKeyUsage())
        .containsExactlyInAnyOrder("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
    assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
    assertThat(issued.notAfter())
        .isBetween(Instant.now().plusSeconds(86_000), Instant.now().plusSeconds(86_400));
    validate(authority, chain);
  }

  @Test
  void bothContextsTrustTheSameRoot() throws Exception {
    CertificateAuthority authority = CertificateAuthority.open(folder);
    List<X509Certificate> one =
        chain(authority.intermediate("ctx1").workload(USER, Duration.ofHours(1)));
    List<X509Certificate> two =
        chain(authority.intermediate("ctx2").workload(USER, Duration.ofHours(1)));

    assertThat(one.get(1)).isNotEqualTo(two.get(1));
    validate(authority, one);
    validate(authority, two);
  }

  @Test
  void serverNamesAreDnsNamesAndAddresses() throws Exception {
    CertificateAuthority authority = CertificateAuthority.open(folder);
    List<X509Certificate> chain =
        chain(authority.server(List.of("127.0.0.1", "kubernetes.default.svc")));

    assertThat(chain.getFirst().getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(List.of(7, "127.0.0.1"), List.of(2, "kubernetes.default.svc"));
    validate(authority, chain);
  }

  @Test
  void aClientIsAUserInAGroup() throws Exception {
    CertificateAuthority authority = CertificateAuthority.open(folder);
    List<X509Certificate> chain = chain(authority.client("admin", "system:masters"));

    assertThat(chain.getFirst().getSubjectX500Principal().getName())
        .isEqualTo("CN=admin,O=system:masters");
    validate(authority, chain);
  }

  @Test
  void aBrokenFileIsNamed() throws Exception {
    CertificateAuthority.open(folder);
    Files.writeString(folder.resolve("root.crt"), "what?");

    assertThatThrownBy(() -> CertificateAuthority.open(folder))
        .rootCause()
        .hasMessageContaining("-----BEGIN CERTIFICATE-----");
    assertThatThrownBy(() -> CertificateAuthority.open(folder))
        .cause()
        .hasMessageContaining("root.crt");
  }

  @Test
  void refusesWhatIsNoSpiffeId() {
    WorkloadAuthority authority = CertificateAuthority.open(folder).intermediate("ctx1");
    assertThatThrownBy(() -> authority.workload("user-service", Duration.ofHours(1)))
        .hasMessageContaining("\"user-service\"");
  }

  private static List<X509Certificate> chain(IssuedCertificate issued) {
    try {
      List<X509Certificate> chain = new ArrayList<>();
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(
                      issued.chainPem().getBytes(StandardCharsets.US_ASCII)))) {
        chain.add((X509Certificate) certificate);
      }
      return chain;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void validate(CertificateAuthority authority, List<X509Certificate> chain)
      throws Exception {
    X509Certificate root =
        chain(new IssuedCertificate(authority.rootPem(), "", Instant.now())).getFirst();
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
    parameters.setRevocationEnabled(false);
    CertPathValidator.getInstance("PKIX")
        .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
  }
}
