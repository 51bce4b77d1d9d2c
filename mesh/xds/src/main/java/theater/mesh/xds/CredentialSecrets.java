package theater.mesh.xds;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import theater.mesh.identity.ForeignPem;
import theater.mesh.translation.names.Secrets;
import theater.mesh.view.Credential;
import theater.mesh.view.MeshView;
import theater.mesh.view.Proxy;
import theater.mesh.view.Proxy.Role;

/// The SDS secrets that a gateway's Envoy may ask for by `credentialName`. What Envoy could not use
/// is not given out; an Envoy that has an older one keeps it. For one thread.
final class CredentialSecrets {
  private static final Logger LOG = System.getLogger(CredentialSecrets.class.getName());

  private List<Credential> current = List.of();
  private Map<Credential, List<Versioned>> made = Map.of();

  /// Puts them into a proxy's snapshot. Those that are authorities alone (`NAME-cacert`) come last
  /// and win over the authorities in NAME.
  void addTo(Snapshot snapshot, MeshView view, Proxy proxy) {
    if (proxy.role() == Role.SIDECAR) {
      return;
    }
    if (!view.credentials().equals(current)) {
      Map<Credential, List<Versioned>> next = new HashMap<>();
      for (Credential credential : view.credentials()) {
        List<Versioned> known = made.get(credential);
        next.put(credential, known == null ? secrets(credential) : known);
      }
      made = next;
      current = view.credentials();
    }
    for (boolean alone : new boolean[] {false, true}) {
      for (Credential credential : current) {
        if (Secrets.authoritiesAlone(credential.name()) == alone) {
          for (Versioned secret : made.get(credential)) {
            if (Secrets.mayAsk(secret.name(), credential.namespace(), proxy)) {
              snapshot.put(ResourceKind.SECRET, secret);
            }
          }
        }
      }
    }
  }

  private static List<Versioned> secrets(Credential credential) {
    List<Versioned> result = new ArrayList<>();
    Optional<Secret> pair = pair(credential);
    Optional<Secret> authorities = authorities(credential);
    for (String name : Secrets.credentials(credential.namespace(), credential.name())) {
      pair.ifPresent(secret -> result.add(named(name, secret)));
      authorities.ifPresent(secret -> {
        if (Secrets.authoritiesAlone(name)) {
          result.add(named(name, secret));
        }
        result.add(named(Secrets.authorities(name), secret));
      });
    }
    return result;
  }

  private static Optional<Secret> pair(Credential credential) {
    return credential
        .certificate()
        .filter(pair -> usable(credential, ForeignPem.problemOfPair(pair.chain(), pair.key())))
        .map(pair ->
            Secret.newBuilder()
                .setTlsCertificate(
                    TlsCertificate.newBuilder()
                        .setCertificateChain(inline(pair.chain()))
                        .setPrivateKey(inline(pair.key())))
                .build());
  }

  private static Optional<Secret> authorities(Credential credential) {
    return credential
        .authorities()
        .filter(pem -> usable(credential, ForeignPem.problemOfAuthorities(pem)))
        .map(pem -> {
          CertificateValidationContext.Builder trust =
              CertificateValidationContext.newBuilder().setTrustedCa(inline(pem));
          credential.revoked().ifPresent(list -> trust.setCrl(inline(list)));
          return Secret.newBuilder().setValidationContext(trust).build();
        });
  }

  private static boolean usable(Credential credential, Optional<String> problem) {
    problem.ifPresent(text ->
        LOG.log(
            Level.WARNING,
            "Secret {0}/{1} {2}; gateways do not get it",
            credential.namespace(),
            credential.name(),
            text));
    return problem.isEmpty();
  }

  private static Versioned named(String name, Secret secret) {
    return Versioned.of(name, secret.toBuilder().setName(name).build());
  }

  private static DataSource inline(String text) {
    // As bytes, as Istio sends them: istioctl reads nothing else.
    return DataSource.newBuilder().setInlineBytes(ByteString.copyFromUtf8(text)).build();
  }
}
