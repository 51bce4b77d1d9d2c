package theater.mesh.translation.check;

import java.util.List;
import theater.mesh.translation.spec.SpecNode;

/// Istio's rules for TLS that a DestinationRule begins.
final class ClientTlsCheck {
  private static final String CONFIG_MAP = "configmap://";

  private ClientTlsCheck() {}

  static void check(SpecNode tls, String namespace, Complaints complaints) {
    String mode = tls.at("mode").textOr("");
    boolean simple = mode.equals("SIMPLE");
    boolean mutual = mode.equals("MUTUAL");
    boolean authority = Rules.given(tls.at("caCertificates"));
    boolean names = !tls.at("subjectAltNames").items().isEmpty();
    String credential = tls.at("credentialName").textOr("");
    configMap(credential, namespace, complaints);
    if (tls.at("insecureSkipVerify").flag()) {
      complaints.addIf(
          simple && (authority || !credential.isEmpty() || names),
          "cannot specify CaCertificates or CredentialName or SubjectAltNames when InsecureSkipVerify is set true");
      complaints.addIf(
          mutual && (authority || names),
          "cannot specify CaCertificates or SubjectAltNames when InsecureSkipVerify is set true");
    }
    if ((simple || mutual) && !credential.isEmpty()) {
      boolean files =
          List.of("clientCertificate", "caCertificates", "privateKey", "caCrl").stream()
              .anyMatch(field -> Rules.given(tls.at(field)));
      complaints.addIf(
          files,
          "cannot specify client certificates or CA certificate or CA CRL If credentialName is set");
    } else if (mutual) {
      complaints.addIf(
          !Rules.given(tls.at("clientCertificate")), "client certificate required for mutual tls");
      complaints.addIf(!Rules.given(tls.at("privateKey")), "private key required for mutual tls");
    }
  }

  private static void configMap(String credential, String namespace, Complaints complaints) {
    if (!credential.startsWith(CONFIG_MAP)) {
      return;
    }
    String wrong = "invalid configmap:// credentialName: ";
    String[] parts = credential.substring(CONFIG_MAP.length()).split("/", -1);
    if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      complaints.add(wrong + "expected configmap://NAMESPACE/NAME, got \"" + credential + "\"");
    } else {
      complaints.addIf(
          !parts[0].equals(namespace),
          wrong + "namespace must match the configuration namespace \"" + namespace + "\"");
    }
  }
}
