package theater.mesh.xds;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import theater.mesh.identity.CertificateAuthority;
import theater.mesh.identity.IssuedCertificate;

/// One GET over TLS with a chosen server name, as `curl --resolve` makes it.
///
/// @param subject of the certificate that the server showed
record TlsCall(String subject, String text) {
  private static final char[] PASSWORD = "test".toCharArray();

  /// @param own the client's certificate, or null
  /// @throws IOException when there is no handshake, or the server breaks off
  static TlsCall get(
      CertificateAuthority trusted, IssuedCertificate own, String at, String name, String path)
      throws IOException, GeneralSecurityException {
    int colon = at.indexOf(':');
    try (SSLSocket socket =
        (SSLSocket)
            context(trusted, own)
                .getSocketFactory()
                .createSocket(at.substring(0, colon), Integer.parseInt(at.substring(colon + 1)))) {
      socket.setSoTimeout(10_000);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(name)));
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (text.isEmpty()) {
        throw new IOException("the server broke off");
      }
      return new TlsCall(shown.getSubjectX500Principal().getName(), text);
    }
  }

  static SSLContext context(CertificateAuthority trusted, IssuedCertificate own)
      throws GeneralSecurityException, IOException {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, PASSWORD);
    trust.setCertificateEntry("root", certificates(trusted.rootPem())[0]);
    TrustManagerFactory trusting = TrustManagerFactory.getInstance("PKIX");
    trusting.init(trust);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    KeyStore owned = KeyStore.getInstance("PKCS12");
    owned.load(null, PASSWORD);
    if (own != null) {
      owned.setKeyEntry("own", key(own.keyPem()), PASSWORD, certificates(own.chainPem()));
    }
    keys.init(owned, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trusting.getTrustManagers(), null);
    return context;
  }

  private static Certificate[] certificates(String pem) throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
        .toArray(Certificate[]::new);
  }

  private static PrivateKey key(String pem) throws GeneralSecurityException {
    String body = pem.replaceAll("-----[A-Z ]+-----", "");
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
  }
}
