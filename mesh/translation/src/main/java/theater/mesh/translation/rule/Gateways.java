package theater.mesh.translation.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.Sight;
import theater.mesh.translation.names.ListenerName;
import theater.mesh.translation.registry.RegistryService;
import theater.mesh.translation.spec.IpAddress;
import theater.mesh.translation.spec.ModelledFields;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.Service;
import theater.mesh.view.ServicePort;
import theater.mesh.view.Workload;

/// The servers of all Gateway objects that select a proxy. Istio: Gateway.selector, servers.
public final class Gateways {
  /// The annotation that names the Services whose pods a Gateway acts at, instead of a selector: a
  /// listener of the Gateway API stands for Services.
  public static final String SERVICES = "internal.theater.dev/gateway-services";

  private Gateways() {}

  /// One element of `servers`.
  ///
  /// @param gateway `namespace/name`
  /// @param port as written: what callers outside dial
  /// @param listen what the pod listens on: the target port of the Service that leads to it
  /// @param bind at which of its addresses; empty for all
  public record Server(
      Rule rule, String gateway, int port, int listen, String bind, SpecNode spec) {

    /// The socket that servers share, or not: the port, and the address where one is named.
    public String socket() {
      return bind.isEmpty() ? Integer.toString(listen) : listen + "." + bind;
    }

    /// What the gateway asks for its HTTP routes by.
    public String routes() {
      String name =
          plainHttp()
              ? ListenerName.gatewayRoutes(port)
              : ListenerName.gatewayTlsRoutes(port, portName(), gateway);
      return bind.isEmpty() ? name : name + "." + bind;
    }

    /// In upper case; HTTP when absent.
    public String protocol() {
      return spec.at("port", "protocol").textOr("HTTP").toUpperCase(java.util.Locale.ROOT);
    }

    /// The port's name.
    public String portName() {
      return spec.at("port", "name").textOr("");
    }

    /// Whether it takes HTTP without TLS.
    public boolean plainHttp() {
      return List.of("HTTP", "HTTP2", "GRPC", "GRPC-WEB", "HTTP_PROXY").contains(protocol());
    }

    /// Whether the gateway ends the caller's TLS and takes HTTP in it.
    public boolean endsTls() {
      return protocol().equals("HTTPS")
          && List.of("SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL", "ISTIO_MUTUAL")
              .contains(spec.at("tls", "mode").textOr("SIMPLE"));
    }

    /// Whether the gateway ends the caller's TLS and passes on what is in it, whatever it speaks.
    public boolean endsTlsOfTcp() {
      return !plainHttp()
          && !protocol().equals("HTTPS")
          && spec.at("tls").present()
          && !passesTls()
          && !autoPassthrough();
    }

    /// Whether TLS is passed on as it comes, by the name that the caller asks for.
    public boolean passesTls() {
      return !plainHttp() && spec.at("tls", "mode").textOr("").equals("PASSTHROUGH");
    }

    /// Whether mTLS is passed on by the SNI that sidecars use.
    public boolean autoPassthrough() {
      return !plainHttp() && spec.at("tls", "mode").textOr("").equals("AUTO_PASSTHROUGH");
    }

    /// Whether it takes bytes without TLS.
    public boolean plainTcp() {
      return !plainHttp() && !protocol().equals("HTTPS") && !spec.at("tls").present();
    }

    /// Hosts with the namespace that may bind to them: `theater-msa/theater.example.com`, `*/…` for
    /// any.
    public List<String> hosts() {
      List<String> result = new ArrayList<>();
      for (String host : spec.at("hosts").textItems()) {
        result.add(
            host.startsWith("./")
                ? rule.namespace() + host.substring(1)
                : host.contains("/") ? host : "*/" + host);
      }
      return result;
    }
  }

  /// The fields of Gateway that have an effect.
  public static ModelledFields modelledFields() {
    return ModelledFields.of(
        List.of(
            "selector.*",
            "servers[].port.number",
            "servers[].port.name",
            "servers[].port.protocol",
            "servers[].port.targetPort",
            "servers[].bind",
            "servers[].defaultEndpoint",
            "servers[].hosts[]",
            "servers[].name",
            "servers[].tls.mode",
            "servers[].tls.httpsRedirect",
            "servers[].tls.credentialName",
            "servers[].tls.serverCertificate",
            "servers[].tls.privateKey",
            "servers[].tls.caCertificates",
            "servers[].tls.caCrl",
            "servers[].tls.tlsCertificates[].serverCertificate",
            "servers[].tls.tlsCertificates[].privateKey",
            "servers[].tls.tlsCertificates[].caCertificates",
            "servers[].tls.minProtocolVersion",
            "servers[].tls.maxProtocolVersion",
            "servers[].tls.cipherSuites[]",
            "servers[].tls.credentialNames[]",
            "servers[].tls.caCertCredentialName",
            "servers[].tls.subjectAltNames[]",
            "servers[].tls.verifyCertificateSpki[]",
            "servers[].tls.verifyCertificateHash[]"));
  }

  /// All servers of a proxy that act, oldest Gateway first.
  public static List<Server> of(Sight sight) {
    List<Server> result = new ArrayList<>();
    for (Rule rule : sight.rules("Gateway")) {
      Map<String, String> selector = rule.spec().at("selector").texts();
      String services = rule.object().annotations().getOrDefault(SERVICES, "");
      boolean selected =
          services.isEmpty()
              ? sight.proxy().workload().labels().entrySet().containsAll(selector.entrySet())
              : Stream.of(services.split(","))
                  .anyMatch(host -> behind(sight, rule.namespace(), host));
      if (!rule.object().apiVersion().startsWith("networking.istio.io/") || !selected) {
        continue;
      }
      String name = rule.namespace() + "/" + rule.object().name();
      for (SpecNode server : rule.spec().at("servers").items()) {
        int port = server.at("port", "number").unsigned().orElse(0);
        if (port > 0 && port < 65536) {
          result.add(
              new Server(rule, name, port, listen(sight, port), bind(sight, server), server));
          for (SpecNode inert :
              List.of(server.at("port", "targetPort"), server.at("defaultEndpoint"))) {
            if (inert.present()) {
              inert.problem(Severity.INERT, "has no effect, as in Istio");
            }
          }
        } else {
          server.at("port").problem(Severity.MALFORMED, "has no number from 1 to 65535");
        }
      }
    }
    return MergedServers.of(result);
  }

  /// A gateway on a laptop has no addresses to choose from.
  private static String bind(Sight sight, SpecNode server) {
    SpecNode written = server.at("bind");
    String address = written.textOr("");
    if (address.isEmpty()) {
      return "";
    }
    if (!IpAddress.is(address)) {
      written.malformed("an address");
      return "";
    }
    if (!sight.redirecting()) {
      written.problem(
          Severity.NOT_MODELLED,
          "has no effect here: the gateway listens at the pod's own address");
      return "";
    }
    return address;
  }

  private static boolean behind(Sight sight, String namespace, String host) {
    return sight.everything().find(host).stream()
        .filter(service -> service.namespace().equals(namespace))
        .flatMap(service -> service.found().stream())
        .anyMatch(service -> leadsTo(service, sight.proxy().workload()));
  }

  private static boolean leadsTo(Service service, Workload workload) {
    return service.context().equals(workload.context())
        && service.namespace().equals(workload.namespace())
        && !service.selector().isEmpty()
        && workload.labels().entrySet().containsAll(service.selector().entrySet());
  }

  private static int listen(Sight sight, int port) {
    for (RegistryService service : sight.registry().all()) {
      for (Service found : service.found()) {
        if (leadsTo(found, sight.proxy().workload())) {
          for (ServicePort candidate : found.ports()) {
            if (candidate.number() == port
                && candidate.targetPort() != null
                && candidate.targetPort().matches("\\d{1,5}")) {
              return Integer.parseInt(candidate.targetPort());
            }
          }
        }
      }
    }
    return port;
  }
}
