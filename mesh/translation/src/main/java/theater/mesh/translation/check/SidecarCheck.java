package theater.mesh.translation.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.ConfigObject;

/// Istio's rules for Sidecar.
final class SidecarCheck {
  private static final Set<String> OWN_ADDRESSES =
      Set.of("", "127.0.0.1", "0.0.0.0", "[::1]", "[::]");

  private SidecarCheck() {}

  static void check(ConfigObject object, SpecNode spec, Complaints complaints) {
    SpecNode selector = spec.at("workloadSelector");
    List<String> wild = Labels.wildcards(selector.at("labels"));
    if (!wild.isEmpty()) {
      wild.forEach(complaints::add);
      return;
    }
    complaints.warnIf(
        selector.present() && selector.at("labels").entries().isEmpty(),
        "sidecar: workload selector specified without labels, will be applied to all services in namespace");
    List<SpecNode> ingress = spec.at("ingress").items();
    List<SpecNode> egress = spec.at("egress").items();
    SpecNode outbound = spec.at("outboundTrafficPolicy");
    if (ingress.isEmpty()
        && egress.isEmpty()
        && !outbound.present()
        && !spec.at("inboundConnectionPool").present()) {
      complaints.only("sidecar: empty configuration provided");
      return;
    }
    Set<Long> ports = new HashSet<>();
    ingress.forEach(listener -> ingress(listener, ports, complaints));
    ConnectionPoolCheck.check(spec.at("inboundConnectionPool"), complaints);
    egress(egress, complaints);
    for (SpecNode listener : egress) {
      hosts(listener.at("hosts").textItems(), object.namespace(), complaints);
    }
    outbound(outbound, complaints);
  }

  private static void ingress(SpecNode listener, Set<Long> ports, Complaints complaints) {
    SpecNode port = listener.at("port");
    if (!port.present()) {
      complaints.add("sidecar: port is required for ingress listeners");
      return;
    }
    port(port, listener.at("bind").textOr(""), complaints);
    complaints.addIf(
        !ports.add(port.at("number").whole().orElse(0)),
        "sidecar: ports on IP bound listeners must be unique");
    String endpoint = listener.at("defaultEndpoint").textOr("");
    if (Addresses.isSocket(endpoint)) {
      complaints.addGiven(Addresses.socket(endpoint));
    } else if (!endpoint.isEmpty()) {
      endpoint(endpoint, complaints);
    }
    tls(listener.at("tls"), port, complaints);
    ConnectionPoolCheck.check(listener.at("connectionPool"), complaints);
    complaints.warnIf(
        listener.at("connectionPool", "http").present()
            && !Rules.HTTP.contains(Rules.protocol(port)),
        "sidecar: HTTP connection pool settings are configured for port "
            + port.at("number").whole().orElse(0)
            + " (\""
            + port.at("name").textOr("")
            + "\") but its protocol is not HTTP ("
            + port.at("protocol").textOr("")
            + "); only TCP settings will apply");
  }

  private static void endpoint(String endpoint, Complaints complaints) {
    int colon = endpoint.lastIndexOf(':');
    if (colon < 0) {
      complaints.add("address " + endpoint + ": missing port in address");
    }
    complaints.addIf(
        colon >= 0 && !OWN_ADDRESSES.contains(endpoint.substring(0, colon)),
        "sidecar: defaultEndpoint must be of form 127.0.0.1:<port>,0.0.0.0:<port>,[::1]:port,[::]:port,unix://filepath or unset");
    String number = colon < 0 ? "" : endpoint.substring(colon + 1);
    if (number.matches("[0-9]{1,9}")) {
      complaints.addGiven(Addresses.port(Long.parseLong(number)));
    } else {
      complaints.add("sidecar: defaultEndpoint port (" + number + ") is not a number");
    }
  }

  private static void tls(SpecNode tls, SpecNode port, Complaints complaints) {
    if (!tls.present()) {
      return;
    }
    String mode = tls.at("mode").textOr("");
    complaints.addIf(
        !tls.at("subjectAltNames").items().isEmpty(),
        "sidecar: subjectAltNames is not supported in ingress tls");
    complaints.addIf(tls.at("httpsRedirect").flag(), "sidecar: httpsRedirect is not supported");
    complaints.addIf(
        Rules.given(tls.at("credentialName")),
        "sidecar: credentialName is not currently supported");
    complaints.addIf(
        !tls.at("credentialNames").items().isEmpty(),
        "sidecar: credentialNames is not currently supported");
    complaints.addIf(
        !tls.at("tlsCertificates").items().isEmpty(),
        "sidecar: tls_certificates is not currently supported");
    complaints.addIf(
        mode.equals("ISTIO_MUTUAL") || mode.equals("AUTO_PASSTHROUGH"),
        "configuration is invalid: cannot set mode to " + mode + " in sidecar ingress tls");
    complaints.addIf(
        !Rules.TLS.contains(Rules.protocol(port)),
        "server cannot have TLS settings for non HTTPS/TLS ports");
    ServerTlsCheck.check(tls, complaints);
  }

  private static void port(SpecNode port, String bind, Complaints complaints) {
    complaints.addIf(
        port.at("targetPort").whole().orElse(0) > 0, "targetPort has no impact on Sidecars");
    if (Rules.given(port.at("name"))) {
      Rules.portName(port.at("name").textOr(""), complaints);
    }
    Rules.protocol(port, complaints);
    complaints.addGiven(Addresses.port(port.at("number")));
    if (!bind.isEmpty()) {
      complaints.addGiven(Addresses.address(bind));
    }
  }

  private static void egress(List<SpecNode> listeners, Complaints complaints) {
    Set<Long> ports = new HashSet<>();
    Set<String> sockets = new HashSet<>();
    for (int i = 0; i < listeners.size(); i++) {
      SpecNode port = listeners.get(i).at("port");
      String bind = listeners.get(i).at("bind").textOr("");
      if (!port.present()) {
        complaints.addIf(
            i < listeners.size() - 1,
            "sidecar: the egress listener with empty port should be the last listener in the list");
      } else if (port.at("number").whole().orElse(0) == 0) {
        socket(listeners.get(i), bind, complaints);
        complaints.addIf(
            !sockets.add(bind), "sidecar: unix domain socket values for listeners must be unique");
      } else {
        port(port, bind, complaints);
        complaints.addIf(
            !ports.add(port.at("number").whole().orElse(0)),
            "sidecar: ports on IP bound listeners must be unique");
      }
      complaints.addIf(
          listeners.get(i).at("hosts").items().isEmpty(),
          "sidecar: egress listener must contain at least one host");
    }
  }

  private static void socket(SpecNode listener, String bind, Complaints complaints) {
    Rules.protocol(listener.at("port"), complaints);
    complaints.addGiven(
        Addresses.isSocket(bind)
            ? Addresses.socket(bind)
            : "sidecar: ports with 0 value must have a unix domain socket bind address");
    complaints.addIf(
        !List.of("", "DEFAULT", "NONE").contains(listener.at("captureMode").textOr("")),
        "sidecar: captureMode must be DEFAULT/NONE for unix domain socket listeners");
  }

  private static void hosts(List<String> hosts, String namespace, Complaints complaints) {
    Map<String, Set<String>> seen = new HashMap<>();
    for (String host : hosts) {
      int slash = host.indexOf('/');
      if (slash >= 0) {
        String in = host.substring(0, slash);
        String name = host.substring(slash + 1);
        Set<String> others =
            seen.computeIfAbsent(in.equals(".") ? namespace : in, _ -> new HashSet<>());
        complaints.warnIf(
            name.equals("*") ? !others.isEmpty() : others.contains(name) || others.contains("*"),
            "duplicated egress host: " + host);
        others.add(name);
      }
      Domains.inNamespace(host, false, complaints);
    }
    complaints.warnIf(
        seen.getOrDefault("*", Set.of()).contains("*") && seen.size() > 1,
        "`*/*` host select all resources, no other hosts can be added");
  }

  private static void outbound(SpecNode policy, Complaints complaints) {
    SpecNode proxy = policy.at("egressProxy");
    if (!proxy.present()) {
      return;
    }
    if (!policy.at("mode").textOr("").equals("ALLOW_ANY")) {
      complaints.add(
          "sidecar: egress_proxy must be set only with ALLOW_ANY outbound_traffic_policy mode");
      return;
    }
    complaints.addGiven(Domains.whole(proxy.at("host").textOr("")));
    if (!proxy.at("port").present()) {
      complaints.add("sidecar: egress_proxy port must be non-nil");
    } else {
      DestinationCheck.check(proxy, complaints);
    }
  }
}
