package theater.mesh.translation.listener;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters.TlsProtocol;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.Sight;
import theater.mesh.translation.names.ListenerName;
import theater.mesh.translation.names.Secrets;
import theater.mesh.translation.rule.Gateways.Server;
import theater.mesh.translation.spec.SpecNode;

/// Where a gateway ends the caller's TLS. Istio: a Gateway server of protocol HTTPS; Envoy: a
/// filter chain per server by SNI, its certificate by SDS under the name that `credentialName`
/// gives.
final class GatewayTls {
  private static final String ANY = "*";

  private final Sight sight;
  private final List<HttpFilter> security;

  GatewayTls(Sight sight, List<HttpFilter> security) {
    this.sight = sight;
    this.security = security;
  }

  /// The chains of all servers of one port. A name that two servers open belongs to the older.
  List<FilterChain> chains(List<Server> servers) {
    Set<String> taken = new HashSet<>();
    List<FilterChain> result = new ArrayList<>();
    for (Server server : servers) {
      List<String> names = new ArrayList<>();
      for (String host : server.hosts()) {
        String name = host.substring(host.indexOf('/') + 1);
        if (!name.matches("\\*|(\\*\\.)?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*")) {
          server.spec().at("hosts").malformed("names such as *.example.com");
        } else if (taken.add(name.toLowerCase(java.util.Locale.ROOT))) {
          names.add(name);
        }
      }
      if (names.isEmpty()) {
        server.spec().problem(Severity.INERT, "opens no host that an older server does not have");
        continue;
      }
      FilterChain.Builder chain =
          FilterChain.newBuilder()
              .setName(ListenerName.gatewayRoutes(server.port()) + "." + result.size())
              .addFilters(
                  HttpConnectionFilter.gateway(
                      "outbound_" + server.listen(),
                      ListenerName.gatewayTlsRoutes(
                          server.port(), server.portName(), server.gateway()),
                      security))
              .setTransportSocket(socket(server.spec().at("tls")));
      if (!names.contains(ANY)) {
        chain.getFilterChainMatchBuilder().addAllServerNames(names);
      }
      result.add(chain.build());
    }
    return result;
  }

  private TransportSocket socket(SpecNode tls) {
    String mode = tls.at("mode").textOr("SIMPLE");
    CommonTlsContext.Builder context =
        mode.equals("ISTIO_MUTUAL")
            ? Secrets.workload(List.of(), false)
            : credentials(tls, mode.equals("MUTUAL") || mode.equals("OPTIONAL_MUTUAL"));
    protocols(tls, context);
    context.addAlpnProtocols("h2").addAlpnProtocols("http/1.1");
    DownstreamTlsContext.Builder result =
        DownstreamTlsContext.newBuilder().setCommonTlsContext(context);
    result.setRequireClientCertificate(
        BoolValue.of(mode.equals("MUTUAL") || mode.equals("ISTIO_MUTUAL")));
    return TransportSocket.newBuilder()
        .setName("envoy.transport_sockets.tls")
        .setTypedConfig(Any.pack(result.build()))
        .build();
  }

  /// A secret that nobody gives out leaves the listener open and every handshake failing, as in
  /// Istio.
  private CommonTlsContext.Builder credentials(SpecNode tls, boolean mutual) {
    CommonTlsContext.Builder context = CommonTlsContext.newBuilder();
    String credential = tls.at("credentialName").textOr("");
    String own =
        credential.isEmpty()
            ? "file-cert:"
                + tls.at("serverCertificate").textOr("")
                + "~"
                + tls.at("privateKey").textOr("")
            : "kubernetes://" + credential;
    context.addTlsCertificateSdsSecretConfigs(Secrets.file(own));
    if (mutual) {
      context
          .getCombinedValidationContextBuilder()
          .setValidationContextSdsSecretConfig(
              Secrets.file(
                  credential.isEmpty()
                      ? "file-root:" + tls.at("caCertificates").textOr("")
                      : own + "-cacert"))
          .getDefaultValidationContextBuilder();
    }
    if (!sight.proxy().addresses().redirecting()) {
      tls.problem(
          Severity.NOT_MODELLED,
          "certificates of Secrets and files are not given to Envoy yet: every TLS handshake fails");
    }
    return context;
  }

  private static void protocols(SpecNode tls, CommonTlsContext.Builder context) {
    TlsProtocol lowest = protocol(tls.at("minProtocolVersion"), TlsProtocol.TLSv1_2);
    TlsProtocol highest = protocol(tls.at("maxProtocolVersion"), TlsProtocol.TLS_AUTO);
    if (highest != TlsProtocol.TLS_AUTO && highest.getNumber() < lowest.getNumber()) {
      tls.at("maxProtocolVersion").malformed("a version not below minProtocolVersion");
      highest = TlsProtocol.TLS_AUTO;
    }
    context
        .getTlsParamsBuilder()
        .setTlsMinimumProtocolVersion(lowest)
        .setTlsMaximumProtocolVersion(highest);
  }

  private static TlsProtocol protocol(SpecNode written, TlsProtocol other) {
    return switch (written.textOr("TLS_AUTO")) {
      case "TLS_AUTO" -> other;
      case "TLSV1_0" -> TlsProtocol.TLSv1_0;
      case "TLSV1_1" -> TlsProtocol.TLSv1_1;
      case "TLSV1_2" -> TlsProtocol.TLSv1_2;
      case "TLSV1_3" -> TlsProtocol.TLSv1_3;
      default -> {
        written.malformed("TLS_AUTO, TLSV1_0, TLSV1_1, TLSV1_2 or TLSV1_3");
        yield other;
      }
    };
  }
}
