package theater.mesh.translation.names;

import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.List;
import theater.mesh.translation.spec.GoDuration;
import theater.mesh.view.Proxy;

/// The SDS secrets that clusters and listeners ask for: `default` is the proxy's own certificate,
/// `ROOTCA` what peers are checked with.
public final class Secrets {
  public static final String OWN = "default";
  public static final String ROOT = "ROOTCA";

  private static final String CREDENTIAL = "kubernetes://";
  private static final String FULL_CREDENTIAL = "kubernetes-gateway://";
  private static final String AUTHORITIES = "-cacert";

  private Secrets() {}

  /// The SDS name of what a Gateway calls `credentialName`: `kubernetes://NAME`, a Secret of the
  /// gateway's own namespace. Names that say their kind stay
  /// (`kubernetes-gateway://NAMESPACE/NAME`).
  public static String credential(String name) {
    return name.startsWith(CREDENTIAL) || name.startsWith(FULL_CREDENTIAL)
        ? name
        : CREDENTIAL + name;
  }

  /// All SDS names of a Secret.
  public static List<String> credentials(String namespace, String name) {
    return List.of(
        CREDENTIAL + name,
        CREDENTIAL + namespace + "/" + name,
        FULL_CREDENTIAL + namespace + "/" + name);
  }

  /// The SDS name of whom to trust: the Secret `NAME-cacert`, or else what NAME holds besides.
  public static String authorities(String credential) {
    return credential + AUTHORITIES;
  }

  /// Whether a Secret of this name holds authorities alone.
  public static boolean authoritiesAlone(String name) {
    return name.endsWith(AUTHORITIES);
  }

  /// Whether a proxy may have a Secret of a namespace under a name: those of other namespaces only
  /// where the Gateway API's ReferenceGrant was looked at.
  public static boolean mayAsk(String name, String namespace, Proxy proxy) {
    return name.startsWith(FULL_CREDENTIAL) || namespace.equals(proxy.workload().namespace());
  }

  /// A secret from the same stream as everything else.
  public static SdsSecretConfig ads(String name) {
    return SdsSecretConfig.newBuilder().setName(name).setSdsConfig(source(0)).build();
  }

  /// A secret that the mesh does not give out: Envoy goes on without it soon, instead of waiting
  /// for ever.
  public static SdsSecretConfig file(String name) {
    return SdsSecretConfig.newBuilder().setName(name).setSdsConfig(source(1000)).build();
  }

  /// The aggregated stream as a source.
  ///
  /// @param timeoutMillis how long Envoy waits for the first answer; 0 is for ever
  public static ConfigSource source(int timeoutMillis) {
    return ConfigSource.newBuilder()
        .setAds(AggregatedConfigSource.getDefaultInstance())
        .setResourceApiVersion(ApiVersion.V3)
        .setInitialFetchTimeout(GoDuration.proto(java.time.Duration.ofMillis(timeoutMillis)))
        .build();
  }

  /// Own certificate, peers checked with the mesh's root and these SPIFFE ids; none is everybody.
  ///
  /// @param prefixes whether the ids are beginnings
  public static CommonTlsContext.Builder workload(List<String> ids, boolean prefixes) {
    CommonTlsContext.Builder context =
        CommonTlsContext.newBuilder().addTlsCertificateSdsSecretConfigs(ads(OWN));
    context
        .getTlsParamsBuilder()
        .setTlsMinimumProtocolVersion(TlsParameters.TlsProtocol.TLSv1_2)
        .setTlsMaximumProtocolVersion(TlsParameters.TlsProtocol.TLSv1_3);
    var validation = context.getCombinedValidationContextBuilder();
    validation.setValidationContextSdsSecretConfig(ads(ROOT));
    validation.getDefaultValidationContextBuilder();
    for (String id : ids) {
      SubjectAltNameMatcher matcher =
          prefixes
              ? SubjectAltNameMatcher.newBuilder()
                  .setSanType(SubjectAltNameMatcher.SanType.URI)
                  .setMatcher(StringMatcher.newBuilder().setPrefix(id))
                  .build()
              : exactly(SubjectAltNameMatcher.SanType.URI, id);
      validation.getDefaultValidationContextBuilder().addMatchTypedSubjectAltNames(matcher);
    }
    return context;
  }

  /// One name.
  public static SubjectAltNameMatcher exactly(SubjectAltNameMatcher.SanType type, String name) {
    return SubjectAltNameMatcher.newBuilder()
        .setSanType(type)
        .setMatcher(StringMatcher.newBuilder().setExact(name))
        .build();
  }
}
