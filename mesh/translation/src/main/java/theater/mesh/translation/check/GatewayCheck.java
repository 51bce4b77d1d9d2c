package theater.mesh.translation.check;

import java.util.List;
import java.util.Locale;
import theater.mesh.translation.spec.SpecNode;

/// Istio's rules for Gateway.
final class GatewayCheck {
  private static final List<String> PROTOCOLS =
      List.of(
          "HTTP", "HTTP2", "GRPC", "GRPC-WEB", "MONGO", "REDIS", "MYSQL", "TCP", "HTTPS", "TLS");

  private GatewayCheck() {}

  static void check(SpecNode spec, Complaints complaints) {
    List<SpecNode> servers = spec.at("servers").items();
    complaints.addIf(servers.isEmpty(), "gateway must have at least one server");
    for (SpecNode server : servers) {
      complaints.addIf(
          server.at("hosts").items().isEmpty(), "server config must contain at least one host");
      server
          .at("hosts")
          .textItems()
          .forEach(host -> Rules.host(host.substring(host.indexOf('/') + 1), complaints));
      port(server.at("port"), complaints);
      tls(server, complaints);
    }
  }

  private static void port(SpecNode port, Complaints complaints) {
    String protocol = port.at("protocol").textOr("");
    complaints.addIf(
        !PROTOCOLS.contains(protocol.toUpperCase(Locale.ROOT)),
        "invalid protocol \""
            + protocol
            + "\", supported protocols are HTTP, HTTP2, GRPC, GRPC-WEB, MONGO, REDIS, MYSQL, TCP");
    long number = port.at("number").whole().orElse(0);
    complaints.addIf(
        number < 1 || number > 65535, "port number " + number + " must be in the range 1..65535");
    complaints.addIf(port.at("name").textOr("").isEmpty(), "port name must be set: " + number);
  }

  private static void tls(SpecNode server, Complaints complaints) {
    SpecNode tls = server.at("tls");
    String mode = tls.at("mode").textOr("");
    boolean terminates = mode.equals("SIMPLE") || mode.equals("MUTUAL");
    if (terminates
        && !tls.at("credentialName").present()
        && !tls.at("credentialNames").present()
        && !tls.at("tlsCertificates").present()) {
      complaints.addIf(
          !tls.at("serverCertificate").present(), mode + " TLS requires a server certificate");
      complaints.addIf(!tls.at("privateKey").present(), mode + " TLS requires a private key");
      complaints.addIf(
          mode.equals("MUTUAL") && !tls.at("caCertificates").present(),
          "MUTUAL TLS requires a client CA bundle");
    }
  }
}
