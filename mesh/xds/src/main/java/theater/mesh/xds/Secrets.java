package theater.mesh.xds;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import theater.mesh.identity.IssuedCertificate;
import theater.mesh.identity.WorkloadAuthority;
import theater.mesh.view.MeshSettings;
import theater.mesh.view.Workload;

/// The SDS secrets: `default`, the proxy's own certificate, and `ROOTCA`, whom it trusts. A
/// certificate is replaced at two thirds of its life. For one thread.
final class Secrets {
  private final WorkloadAuthority authority;
  private final Duration life;
  private final Clock clock;
  private final Versioned root;
  private final Map<String, Kept> kept = new HashMap<>();

  private record Kept(Versioned secret, Instant renewal) {}

  Secrets(WorkloadAuthority authority, Duration life, Clock clock) {
    this.authority = authority;
    this.life = life;
    this.clock = clock;
    CertificateValidationContext trust =
        CertificateValidationContext.newBuilder().setTrustedCa(inline(authority.rootPem())).build();
    this.root =
        Versioned.of(
            "ROOTCA", Secret.newBuilder().setName("ROOTCA").setValidationContext(trust).build());
  }

  Versioned root() {
    return root;
  }

  /// The workload's certificate now.
  Versioned own(Workload workload, MeshSettings mesh) {
    String spiffeId =
        "spiffe://"
            + mesh.trustDomain()
            + "/ns/"
            + workload.namespace()
            + "/sa/"
            + workload.serviceAccount();
    return kept.compute(
            spiffeId,
            (id, before) ->
                before == null || !clock.instant().isBefore(before.renewal) ? issue(id) : before)
        .secret;
  }

  private Kept issue(String spiffeId) {
    IssuedCertificate issued = authority.workload(spiffeId, life);
    TlsCertificate certificate =
        TlsCertificate.newBuilder()
            .setCertificateChain(inline(issued.chainPem()))
            .setPrivateKey(inline(issued.keyPem()))
            .build();
    Versioned secret =
        Versioned.of(
            "default",
            Secret.newBuilder().setName("default").setTlsCertificate(certificate).build());
    return new Kept(secret, clock.instant().plus(life.multipliedBy(2).dividedBy(3)));
  }

  private static DataSource inline(String text) {
    // As bytes, as Istio sends them: istioctl reads nothing else.
    return DataSource.newBuilder().setInlineBytes(ByteString.copyFromUtf8(text)).build();
  }
}
