package theater.laptop.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A root and what it signed, made once per test run with the JDK's keytool.
final class TestIdentity {
  private static final String PASSWORD = "changeit";
  private static final String FILE = "keys.p12";
  private static TestIdentity made;
  private final KeyStore keys;

  private TestIdentity(Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path file = folder.resolve(FILE);
    keytool(file, "root", "CN=test root", "-ext", "bc:c");
    keytool(
        file,
        "server",
        "CN=kubernetes",
        "-signer",
        "root",
        "-ext",
        "san=ip:127.0.0.1,dns:localhost");
    keytool(
        file, "admin", "CN=admin, O=system:masters", "-signer", "root", "-ext", "eku=clientAuth");
    keytool(
        file,
        "expired",
        "CN=admin, O=system:masters",
        "-signer",
        "root",
        "-ext",
        "eku=clientAuth",
        "-startdate",
        "-3d",
        "-validity",
        "1");
    keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
  }

  static synchronized TestIdentity get()
      throws IOException, GeneralSecurityException, InterruptedException {
    if (made == null) {
      Path folder = Files.createTempDirectory("identity");
      made = new TestIdentity(folder);
      Files.delete(folder.resolve(FILE));
      Files.delete(folder);
    }
    return made;
  }

  private static void keytool(Path file, String alias, String name, String... more)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair"));
    command.addAll(
        List.of(
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD,
            "-alias",
            alias,
            "-dname",
            name,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-validity",
            "30"));
    command.addAll(Arrays.asList(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool said: " + said);
    }
  }

  X509Certificate root() throws GeneralSecurityException {
    return (X509Certificate) keys.getCertificate("root");
  }

  List<X509Certificate> chain() throws GeneralSecurityException {
    List<X509Certificate> chain = new ArrayList<>();
    for (Certificate certificate : keys.getCertificateChain("server")) {
      chain.add((X509Certificate) certificate);
    }
    return chain;
  }

  PrivateKey key() throws GeneralSecurityException {
    return (PrivateKey) keys.getKey("server", PASSWORD.toCharArray());
  }

  /// For HTTPS clients: the administrator's certificate, or none.
  SSLContext tls(boolean administrator) throws IOException, GeneralSecurityException {
    return tls(administrator ? "admin" : "");
  }

  /// @param alias `admin`, `expired` for one whose time is over, or empty for no certificate
  SSLContext tls(String alias) throws IOException, GeneralSecurityException {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    if (!alias.isEmpty()) {
      own.setKeyEntry(
          alias,
          keys.getKey(alias, PASSWORD.toCharArray()),
          PASSWORD.toCharArray(),
          keys.getCertificateChain(alias));
    }
    KeyManagerFactory mine = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    mine.init(own, PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("root", root());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(mine.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /// A kubeconfig for the administrator, or for the bearer of a token.
  String kubeconfig(int port, String token) throws GeneralSecurityException {
    String user =
        token != null
            ? "{token: " + token + "}"
            : "{client-certificate-data: "
                + base64(pem("CERTIFICATE", keys.getCertificate("admin").getEncoded()))
                + ", client-key-data: "
                + base64(
                    pem("PRIVATE KEY", keys.getKey("admin", PASSWORD.toCharArray()).getEncoded()))
                + "}";
    return """
    apiVersion: v1
    kind: Config
    current-context: ctx1
    clusters: [{name: ctx1, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}]
    users: [{name: u, user: %s}]
    contexts: [{name: ctx1, context: {cluster: ctx1, user: u}}]
    """
        .formatted(port, base64(pem("CERTIFICATE", root().getEncoded())), user);
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN "
        + what
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
        + "\n-----END "
        + what
        + "-----\n";
  }

  private static String base64(String text) {
    return Base64.getEncoder()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }
}
