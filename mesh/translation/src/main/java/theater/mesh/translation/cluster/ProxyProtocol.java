package theater.mesh.translation.cluster;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.TransportSocketMatch;
import io.envoyproxy.envoy.config.core.v3.ProxyProtocolConfig;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport;
import io.envoyproxy.envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer;
import java.util.List;
import theater.mesh.translation.spec.SpecNode;

/// Tells the caller's address before the first byte. Istio: trafficPolicy.proxyProtocol; Envoy: a
/// transport socket around each other one.
final class ProxyProtocol implements ClusterFeature {
  private static final String NAME = "envoy.transport_sockets.upstream_proxy_protocol";

  @Override
  public List<String> fields() {
    return List.of("proxyProtocol.version");
  }

  @Override
  public void apply(ClusterDraft draft) {
    SpecNode written = draft.section("proxyProtocol");
    if (draft.inbound() || !written.present()) {
      return;
    }
    ProxyProtocolConfig config =
        ProxyProtocolConfig.newBuilder()
            .setVersion(
                written.at("version").textOr("V1").equals("V2")
                    ? ProxyProtocolConfig.Version.V2
                    : ProxyProtocolConfig.Version.V1)
            .build();
    if (draft.cluster.getTransportSocketMatchesCount() > 0) {
      for (TransportSocketMatch.Builder match :
          draft.cluster.getTransportSocketMatchesBuilderList()) {
        match.setTransportSocket(around(match.getTransportSocket(), config));
      }
    } else {
      draft.cluster.setTransportSocket(
          around(
              draft.cluster.hasTransportSocket() ? draft.cluster.getTransportSocket() : plain(),
              config));
    }
  }

  private static TransportSocket plain() {
    return TransportSocket.newBuilder()
        .setName("envoy.transport_sockets.raw_buffer")
        .setTypedConfig(Any.pack(RawBuffer.getDefaultInstance()))
        .build();
  }

  private static TransportSocket around(TransportSocket inner, ProxyProtocolConfig config) {
    return TransportSocket.newBuilder()
        .setName(NAME)
        .setTypedConfig(
            Any.pack(
                ProxyProtocolUpstreamTransport.newBuilder()
                    .setConfig(config)
                    .setTransportSocket(inner)
                    .build()))
        .build();
  }
}
