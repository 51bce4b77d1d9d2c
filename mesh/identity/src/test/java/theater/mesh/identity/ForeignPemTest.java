package theater.mesh.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignPemTest {
  @TempDir Path folder;

  @Test
  void aPairMustBelongTogether() {
    CertificateAuthority authority = CertificateAuthority.open(folder.resolve("pki"));
    IssuedCertificate one = authority.server(List.of("one.example"));
    IssuedCertificate two = authority.server(List.of("two.example"));

    assertThat(ForeignPem.problemOfPair(one.chainPem(), one.keyPem())).isEmpty();
    assertThat(ForeignPem.problemOfPair(one.chainPem(), two.keyPem()))
        .contains("has a key that is not its certificate's");
    assertThat(ForeignPem.problemOfPair("nothing", one.keyPem()))
        .contains("holds no certificate in PEM");
    assertThat(ForeignPem.problemOfPair(one.chainPem(), "nothing"))
        .contains("holds no private key in PEM without a password");
  }

  @Test
  void aKeyOfAnotherKindIsNoCertificatesKey() throws GeneralSecurityException {
    IssuedCertificate one =
        CertificateAuthority.open(folder.resolve("pki")).server(List.of("one.example"));
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    String key = Pem.encode("PRIVATE KEY", rsa.generateKeyPair().getPrivate().getEncoded());

    assertThat(ForeignPem.problemOfPair(one.chainPem(), key))
        .contains("has a key that is not its certificate's");
  }

  @Test
  void brokenTextIsToldAndNeverThrown() {
    String broken = "-----BEGIN CERTIFICATE-----\nnot base64 %%%\n-----END CERTIFICATE-----\n";

    assertThat(ForeignPem.problemOfAuthorities(broken)).isPresent();
    assertThat(ForeignPem.problemOfPair(broken, broken)).isPresent();
    assertThat(
            ForeignPem.problemOfAuthorities(
                CertificateAuthority.open(folder.resolve("pki")).rootPem()))
        .isEmpty();
  }
}
