package theater.mesh.identity;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/// PEM that people wrote into a Secret. Envoy refuses what it cannot use, together with everything
/// else in the same answer, so it is looked at before.
public final class ForeignPem {
  private static final int SHORTEST_RSA_BITS = 2048;
  private static final byte[] PROOF = {1, 2, 3};

  private ForeignPem() {}

  /// What is wrong with a certificate chain and its key; empty when they can serve TLS.
  public static Optional<String> problemOfPair(String chain, String key) {
    try {
      List<X509CertificateHolder> certificates = certificates(chain);
      if (certificates.isEmpty()) {
        return Optional.of("holds no certificate in PEM");
      }
      Optional<PrivateKey> own = privateKey(key);
      if (own.isEmpty()) {
        return Optional.of("holds no private key in PEM without a password");
      }
      PublicKey shown =
          new JcaX509CertificateConverter().getCertificate(certificates.getFirst()).getPublicKey();
      if (shown instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < SHORTEST_RSA_BITS) {
        return Optional.of(
            "has an RSA key of "
                + rsa.getModulus().bitLength()
                + " bits; Envoy takes 2048 or more");
      }
      return fit(shown, own.get())
          ? Optional.empty()
          : Optional.of("has a key that is not its certificate's");
    } catch (IOException | GeneralSecurityException e) {
      return Optional.of("cannot be read: " + e.getMessage());
    }
  }

  /// What is wrong with certificates to trust; empty when they can be used.
  public static Optional<String> problemOfAuthorities(String pem) {
    try {
      List<X509CertificateHolder> certificates = certificates(pem);
      for (X509CertificateHolder certificate : certificates) {
        new JcaX509CertificateConverter().getCertificate(certificate);
      }
      return certificates.isEmpty() ? Optional.of("holds no certificate in PEM") : Optional.empty();
    } catch (IOException | GeneralSecurityException e) {
      return Optional.of("cannot be read: " + e.getMessage());
    }
  }

  private static List<X509CertificateHolder> certificates(String pem) throws IOException {
    List<X509CertificateHolder> result = new ArrayList<>();
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
        if (next instanceof X509CertificateHolder certificate) {
          result.add(certificate);
        }
      }
    } catch (IllegalArgumentException e) {
      throw new PEMException("is no PEM: " + e.getMessage(), e);
    }
    return result;
  }

  private static Optional<PrivateKey> privateKey(String pem) throws IOException {
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
        if (next instanceof PEMKeyPair pair) {
          return Optional.of(converter.getKeyPair(pair).getPrivate());
        }
        if (next instanceof PrivateKeyInfo key) {
          return Optional.of(converter.getPrivateKey(key));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new PEMException("is no PEM: " + e.getMessage(), e);
    }
    return Optional.empty();
  }

  private static boolean fit(PublicKey shown, PrivateKey own) throws GeneralSecurityException {
    if (!shown.getAlgorithm().equals(own.getAlgorithm())
        && !(shown instanceof ECPublicKey && own.getAlgorithm().startsWith("EC"))) {
      return false;
    }
    Signature signature =
        Signature.getInstance(shown instanceof RSAPublicKey ? "SHA256withRSA" : algorithm(shown));
    signature.initSign(own);
    signature.update(PROOF);
    byte[] signed = signature.sign();
    signature.initVerify(shown);
    signature.update(PROOF);
    return signature.verify(signed);
  }

  private static String algorithm(PublicKey key) {
    return key instanceof ECPublicKey ? "SHA256withECDSA" : key.getAlgorithm();
  }
}
