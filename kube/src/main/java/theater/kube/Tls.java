package theater.kube;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// PEM texts → an SSLContext.
final class Tls {
  private static final char[] NO_PASSWORD = new char[0];

  private Tls() {}

  static SSLContext context(Connection connection) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(connection), trust(connection.authorityPem()), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          "certificates for " + connection + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static KeyManager[] keys(Connection connection)
      throws GeneralSecurityException, IOException {
    if (connection.certificatePem() == null) {
      return null;
    }
    if (connection.keyPem() == null) {
      throw new GeneralSecurityException("there is a client certificate, but no client key");
    }
    // Of the kinds of store the one that does not hash a password ten thousand times to hide a key
    // that is at hand.
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    Certificate[] chain = certificates(connection.certificatePem()).toArray(Certificate[]::new);
    store.setKeyEntry("client", privateKey(connection.keyPem()), NO_PASSWORD, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static TrustManager[] trust(String authorityPem)
      throws GeneralSecurityException, IOException {
    if (authorityPem == null) {
      return null;
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int count = 0;
    for (Certificate certificate : certificates(authorityPem)) {
      store.setCertificateEntry("authority-" + count++, certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static Collection<? extends Certificate> certificates(String pem)
      throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
  }

  static PrivateKey privateKey(String pem) throws GeneralSecurityException {
    String begin = "-----BEGIN PRIVATE KEY-----";
    int start = pem.indexOf(begin);
    int end = pem.indexOf("-----END PRIVATE KEY-----");
    if (start < 0 || end < start) {
      String first =
          pem.lines().filter(line -> line.startsWith("-----BEGIN")).findFirst().orElse("no PEM");
      throw new GeneralSecurityException("found " + first + "; expected a PKCS#8 key, " + begin);
    }
    PKCS8EncodedKeySpec spec =
        new PKCS8EncodedKeySpec(
            Base64.getMimeDecoder().decode(pem.substring(start + begin.length(), end)));
    for (String algorithm : new String[] {"EC", "RSA", "EdDSA"}) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        // Another algorithm's key: the next one may know it.
      }
    }
    throw new GeneralSecurityException("the private key is neither EC, RSA nor EdDSA");
  }
}
