package theater.mesh.translation.cluster;

import com.google.protobuf.Any;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.DiscoveryType;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.TransportSocketMatch;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import theater.mesh.translation.names.Secrets;
import theater.mesh.translation.registry.EntryKind;
import theater.mesh.translation.registry.ServiceAccounts;
import theater.mesh.translation.rule.MeshConfig;
import theater.mesh.translation.rule.PeerAuthentications;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.Endpoint;

/// Who encrypts. Without a rule mTLS is decided per endpoint: those with a sidecar get it. Istio:
/// DestinationRule tls, auto mTLS; Envoy: transport_socket_matches, UpstreamTlsContext.
final class Tls implements ClusterFeature {
  static final String SOCKET = "envoy.transport_sockets.tls";
  private static final int LONGEST_SNI = 255;
  private static final String RAW = "envoy.transport_sockets.raw_buffer";

  @Override
  public List<String> fields() {
    return List.of(
        "tls.mode",
        "tls.sni",
        "tls.subjectAltNames[]",
        "tls.clientCertificate",
        "tls.privateKey",
        "tls.caCertificates",
        "tls.caCrl",
        "tls.credentialName",
        "tls.insecureSkipVerify");
  }

  @Override
  public void apply(ClusterDraft draft) {
    if (draft.inbound()) {
      return;
    }
    SpecNode tls = draft.section("tls");
    switch (tls.at("mode").textOr(tls.present() ? "DISABLE" : "")) {
      case "" -> {
        if (!draft.service.entry().external()
            && automatic(draft)
            && speaksMutual(draft)
            && takesMutual(draft)) {
          byEndpoint(draft);
        }
      }
      case "DISABLE" -> {}
      case "ISTIO_MUTUAL" -> draft.cluster.setTransportSocket(socket(istioMutual(draft, tls)));
      case "SIMPLE", "MUTUAL" ->
          ForeignTls.of(draft, tls, tls.at("mode").textOr("").equals("MUTUAL"))
              .ifPresent(context -> draft.cluster.setTransportSocket(socket(context)));
      default -> tls.at("mode").malformed("DISABLE, SIMPLE, MUTUAL or ISTIO_MUTUAL");
    }
  }

  private static boolean automatic(ClusterDraft draft) {
    SpecNode written = MeshConfig.of(draft.sight).at("enableAutoMtls");
    return !written.present() || written.flag();
  }

  /// Where calls go to the address that they came for nothing is known of the endpoint, so all of
  /// them must have a sidecar.
  private static boolean speaksMutual(ClusterDraft draft) {
    boolean any =
        draft.service.entry().kind() == EntryKind.NONE
            || draft.service.headless()
            || draft.section("loadBalancer").at("simple").textOr("").equals("PASSTHROUGH");
    if (!any) {
      return true;
    }
    List<Endpoint> all =
        draft.service.port(draft.name.port()).map(draft.service::endpoints).orElse(List.of());
    return !all.isEmpty() && all.stream().allMatch(endpoint -> endpoint.workload().sidecar());
  }

  /// Istio looks at the rules of the namespace and the mesh here, not at those of single pods.
  private static boolean takesMutual(ClusterDraft draft) {
    return draft.sight.peerAuthentications().mode(draft.service.namespace())
        != PeerAuthentications.Mode.DISABLE;
  }

  private static void byEndpoint(ClusterDraft draft) {
    TransportSocket mutual = socket(istioMutual(draft, draft.section("tls")));
    if (draft.cluster.getType() == DiscoveryType.ORIGINAL_DST) {
      draft.cluster.setTransportSocket(mutual);
      return;
    }
    draft
        .cluster
        .addTransportSocketMatches(
            TransportSocketMatch.newBuilder()
                .setName("tlsMode-istio")
                .setMatch(
                    Struct.newBuilder()
                        .putFields("tlsMode", Value.newBuilder().setStringValue("istio").build()))
                .setTransportSocket(mutual))
        .addTransportSocketMatches(
            TransportSocketMatch.newBuilder()
                .setName("tlsMode-disabled")
                .setMatch(Struct.getDefaultInstance())
                .setTransportSocket(
                    TransportSocket.newBuilder()
                        .setName(RAW)
                        .setTypedConfig(Any.pack(RawBuffer.getDefaultInstance()))));
  }

  private static UpstreamTlsContext istioMutual(ClusterDraft draft, SpecNode tls) {
    List<String> given = tls.at("subjectAltNames").textItems();
    List<String> sans =
        given.isEmpty() ? ServiceAccounts.of(draft.service, draft.sight.mesh()) : given;
    CommonTlsContext.Builder context = Secrets.workload(sans, false);
    context.addAlpnProtocols(draft.http2 ? "h2" : !draft.protocol.http() ? "istio" : "http/1.1");
    return UpstreamTlsContext.newBuilder()
        .setSni(sni(tls, draft.name.sni()))
        .setCommonTlsContext(context)
        .build();
  }

  /// The name to ask for. Envoy refuses the whole cluster for one that is too long.
  static String sni(SpecNode tls, String otherwise) {
    String name = tls.at("sni").textOr(otherwise);
    if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_SNI) {
      tls.at("sni").malformed("a name of at most " + LONGEST_SNI + " bytes");
      return otherwise;
    }
    return name;
  }

  private static TransportSocket socket(UpstreamTlsContext context) {
    return TransportSocket.newBuilder().setName(SOCKET).setTypedConfig(Any.pack(context)).build();
  }
}
