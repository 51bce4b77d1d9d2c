package theater.mesh.translation.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import theater.mesh.translation.spec.SpecNode;

/// Istio's rules for TLS that a Gateway's server or a Sidecar's ingress ends.
final class ServerTlsCheck {
  private static final Set<String> CIPHERS =
      Set.of(
          "ECDHE-ECDSA-AES128-GCM-SHA256",
          "ECDHE-RSA-AES128-GCM-SHA256",
          "ECDHE-ECDSA-AES256-GCM-SHA384",
          "ECDHE-RSA-AES256-GCM-SHA384",
          "ECDHE-ECDSA-CHACHA20-POLY1305",
          "ECDHE-RSA-CHACHA20-POLY1305",
          "ECDHE-ECDSA-AES128-SHA",
          "ECDHE-RSA-AES128-SHA",
          "ECDHE-ECDSA-AES256-SHA",
          "ECDHE-RSA-AES256-SHA",
          "AES128-GCM-SHA256",
          "AES256-GCM-SHA384",
          "AES128-SHA",
          "AES256-SHA",
          "DES-CBC3-SHA");

  /// What ISTIO_MUTUAL brings itself, and Istio's names of it.
  private static final List<Map.Entry<String, String>> OWN =
      List.of(
          Map.entry("serverCertificate", "server certificate"),
          Map.entry("privateKey", "private key"),
          Map.entry("caCertificates", "CA bundle"),
          Map.entry("tlsCertificates", "tlsCertificates"),
          Map.entry("credentialName", "credentialName"),
          Map.entry("credentialNames", "credentialNames"));

  private ServerTlsCheck() {}

  static void check(SpecNode tls, Complaints complaints) {
    if (!tls.present()) {
      return;
    }
    ciphers(tls, complaints);
    String mode = tls.at("mode").textOr("PASSTHROUGH");
    if (mode.equals("ISTIO_MUTUAL")) {
      for (Map.Entry<String, String> field : OWN) {
        complaints.addIf(
            given(tls, field.getKey()),
            "ISTIO_MUTUAL TLS cannot have associated " + field.getValue());
      }
      return;
    }
    complaints.warnIf(
        mode.endsWith("PASSTHROUGH")
            && (given(tls, "caCrl") || OWN.stream().anyMatch(own -> given(tls, own.getKey()))),
        mode + " mode does not use certificates, they will be ignored");
    boolean files = given(tls, "serverCertificate") && given(tls, "privateKey");
    int sources = files ? 1 : 0;
    for (String field : List.of("credentialName", "credentialNames", "tlsCertificates")) {
      sources += given(tls, field) ? 1 : 0;
    }
    complaints.addIf(
        sources > 1,
        "only one of credential_name, credential_names, server_certificate/private_key, tls_certificates should be specified");
    boolean ends = List.of("SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL").contains(mode);
    if (!ends || !given(tls, "credentialName") && !given(tls, "credentialNames")) {
      if (ends) {
        certificates(tls, mode, complaints);
      }
      if (given(tls, "caCrl")) {
        complaints.addIf(
            given(tls, "credentialName"),
            "CRL is not supported with credentialName. CRL has to be specified in the credential");
        complaints.addIf(mode.equals("SIMPLE"), "CRL is not supported with SIMPLE TLS");
      }
    }
  }

  private static void certificates(SpecNode tls, String mode, Complaints complaints) {
    String words = mode.equals("SIMPLE") ? "SIMPLE TLS" : "MUTUAL TLS";
    complaints.addIf(
        !mode.equals("SIMPLE") && !given(tls, "caCertificates"),
        words + " requires a client CA bundle");
    List<SpecNode> pairs = tls.at("tlsCertificates").items();
    complaints.warnIf(pairs.size() > 2, words + " can support up to 2 server certificates");
    for (SpecNode pair : pairs.isEmpty() ? List.of(tls) : pairs) {
      complaints.addIf(!given(pair, "serverCertificate"), words + " requires a server certificate");
      complaints.addIf(!given(pair, "privateKey"), words + " requires a private key");
    }
  }

  private static void ciphers(SpecNode tls, Complaints complaints) {
    List<String> suites = tls.at("cipherSuites").textItems();
    complaints.warnIf(
        List.of("TLSV1_0", "TLSV1_1").contains(tls.at("minProtocolVersion").textOr(""))
            && suites.isEmpty(),
        "TLS version below TLSV1_2 require setting compatible ciphers as by default they no longer include compatible ciphers.");
    Set<String> seen = new TreeSet<>();
    Set<String> unknown = new TreeSet<>();
    Set<String> twice = new TreeSet<>();
    for (String suite : suites) {
      boolean known =
          suite.isEmpty()
              || suite.equals("ALL")
              || !Character.isLetterOrDigit(suite.charAt(0))
              || CIPHERS.contains(suite);
      if (!known) {
        unknown.add(suite);
      } else if (!seen.add(suite)) {
        twice.add(suite);
      }
    }
    complaints.warnIf(!unknown.isEmpty(), "ignoring invalid cipher suites: " + list(unknown));
    complaints.warnIf(!twice.isEmpty(), "ignoring duplicate cipher suites: " + list(twice));
  }

  private static String list(Set<String> names) {
    return "[" + String.join(" ", names) + "]";
  }

  private static boolean given(SpecNode tls, String field) {
    SpecNode value = tls.at(field);
    return value.json().isArray() ? !value.json().isEmpty() : Rules.given(value);
  }
}
