package theater.mesh.translation.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.ConfigObject;

/// Istio's rules for Gateway.
final class GatewayCheck {
  private GatewayCheck() {}

  static void check(ConfigObject object, SpecNode spec, Complaints complaints) {
    complaints.addIf(
        !Domains.label(object.name()) && !object.name().isEmpty(),
        "invalid gateway name: \"" + object.name() + "\"");
    List<SpecNode> servers = spec.at("servers").items();
    complaints.addIf(servers.isEmpty(), "gateway must have at least one server");
    servers.forEach(server -> server(server, complaints));
    Set<String> names = new HashSet<>();
    for (SpecNode server : servers) {
      SpecNode port = server.at("port");
      if (port.present()) {
        String name = port.at("name").textOr("");
        complaints.addIf(
            !names.add(name), "port names in servers must be unique: duplicate name " + name);
        complaints.warnIf(
            !Rules.HTTP.contains(Rules.protocol(port)) && server.at("tls", "httpsRedirect").flag(),
            "tls.httpsRedirect should only be used with http servers");
      }
    }
  }

  private static void server(SpecNode server, Complaints complaints) {
    List<String> hosts = server.at("hosts").textItems();
    complaints.addIf(hosts.isEmpty(), "server config must contain at least one host");
    hosts.forEach(host -> Domains.inNamespace(host, true, complaints));
    SpecNode port = server.at("port");
    String bind = server.at("bind").textOr("");
    Complaints ofPort = new Complaints();
    port(port, bind, ofPort);
    ofPort.texts().forEach(complaints::add);
    if (Addresses.isSocket(bind)) {
      complaints.addGiven(Addresses.socket(bind));
      complaints.addIf(
          port.at("number").whole().orElse(0) != 0,
          "port number must be 0 for unix domain socket: " + port.json());
    } else if (!bind.isEmpty()) {
      complaints.addGiven(Addresses.address(bind));
    }
    SpecNode tls = server.at("tls");
    ServerTlsCheck.check(tls, complaints);
    if (ofPort.none()) {
      fits(Rules.protocol(port), tls, complaints);
    }
  }

  private static void port(SpecNode port, String bind, Complaints complaints) {
    if (!port.present()) {
      complaints.add("port is required");
      return;
    }
    long number = port.at("number").whole().orElse(0);
    complaints.addIf(
        !Rules.knownProtocol(Rules.protocol(port)),
        "invalid protocol \""
            + port.at("protocol").textOr("")
            + "\", supported protocols are HTTP, HTTP2, GRPC, GRPC-WEB, MONGO, REDIS, MYSQL, TCP");
    if (number > 0 || !Addresses.isSocket(bind)) {
      complaints.addGiven(Addresses.port(number));
    }
    complaints.addIf(
        port.at("targetPort").whole().orElse(0) > 0, "targetPort has no impact on Gateways");
    complaints.addIf(!Rules.given(port.at("name")), "port name must be set: " + port.json());
  }

  private static void fits(String protocol, SpecNode tls, Complaints complaints) {
    boolean secure = Rules.TLS.contains(protocol);
    complaints.addIf(
        secure && !tls.present(), "server must have TLS settings for HTTPS/TLS protocols");
    if (secure || !tls.present()) {
      return;
    }
    if (Rules.HTTP.contains(protocol)) {
      boolean passes =
          List.of("", "PASSTHROUGH", "AUTO_PASSTHROUGH").contains(tls.at("mode").textOr(""));
      complaints.addIf(
          !passes
              || Rules.given(tls.at("caCertificates"))
              || Rules.given(tls.at("privateKey"))
              || Rules.given(tls.at("serverCertificate")),
          "server cannot have TLS settings for plain text HTTP ports");
    } else {
      complaints.add("server cannot have TLS settings for non HTTPS/TLS ports");
    }
  }
}
