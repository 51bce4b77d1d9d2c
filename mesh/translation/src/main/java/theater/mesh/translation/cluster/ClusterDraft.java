package theater.mesh.translation.cluster;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.UpstreamHttpProtocolOptions;
import theater.mesh.translation.Sight;
import theater.mesh.translation.names.ClusterName;
import theater.mesh.translation.registry.Protocol;
import theater.mesh.translation.registry.RegistryService;
import theater.mesh.translation.rule.TrafficPolicy;
import theater.mesh.translation.spec.SpecNode;

/// A cluster while features work on it.
final class ClusterDraft {
  private static final String HTTP_OPTIONS =
      "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

  final Sight sight;
  final ClusterName name;
  final RegistryService service;
  final Protocol protocol;
  final TrafficPolicy policy;
  final Cluster.Builder cluster = Cluster.newBuilder();
  final HttpProtocolOptions.Builder commonHttp = HttpProtocolOptions.newBuilder();

  /// Spoken to in HTTP/2, whatever the caller speaks.
  boolean http2;

  /// Spoken to in what the caller speaks; stronger than [#http2].
  boolean downstreamProtocol;

  int maxConcurrentStreams;
  UpstreamHttpProtocolOptions upstreamHttp;

  ClusterDraft(
      Sight sight,
      ClusterName name,
      RegistryService service,
      Protocol protocol,
      TrafficPolicy policy) {
    this.sight = sight;
    this.name = name;
    this.service = service;
    this.protocol = protocol;
    this.policy = policy;
    http2 = protocol.http2();
    // A gateway's callers agree on a protocol of their own.
    downstreamProtocol = protocol == Protocol.SNIFFED && sight.sidecar();
  }

  boolean inbound() {
    return name.direction() == ClusterName.Direction.INBOUND;
  }

  SpecNode section(String section) {
    return policy.section(section);
  }

  /// The finished cluster: the protocol options are packed last, because several features add to
  /// them.
  Cluster build() {
    boolean common =
        !commonHttp.equals(HttpProtocolOptions.newBuilder())
            && commonHttp.build().getSerializedSize() > 0;
    if (http2 || downstreamProtocol || common || upstreamHttp != null) {
      var options =
          io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.newBuilder();
      if (common) {
        options.setCommonHttpProtocolOptions(commonHttp);
      }
      if (upstreamHttp != null) {
        options.setUpstreamHttpProtocolOptions(upstreamHttp);
      }
      if (downstreamProtocol) {
        options.getUseDownstreamProtocolConfigBuilder().getHttpProtocolOptionsBuilder();
        options.getUseDownstreamProtocolConfigBuilder().getHttp2ProtocolOptionsBuilder();
      } else if (http2) {
        var h2 = options.getExplicitHttpConfigBuilder().getHttp2ProtocolOptionsBuilder();
        if (maxConcurrentStreams > 0) {
          h2.setMaxConcurrentStreams(com.google.protobuf.UInt32Value.of(maxConcurrentStreams));
        }
      } else {
        options.getExplicitHttpConfigBuilder().getHttpProtocolOptionsBuilder();
      }
      cluster.putTypedExtensionProtocolOptions(HTTP_OPTIONS, Any.pack(options.build()));
    }
    return cluster.setName(name.text()).build();
  }
}
