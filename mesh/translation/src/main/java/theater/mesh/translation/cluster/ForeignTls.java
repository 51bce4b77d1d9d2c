package theater.mesh.translation.cluster;

import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.UpstreamHttpProtocolOptions;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.List;
import java.util.Optional;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.names.Secrets;
import theater.mesh.translation.spec.SpecNode;

/// TLS with certificates that are not the mesh's. Istio: trafficPolicy.tls SIMPLE and MUTUAL;
/// Envoy: UpstreamTlsContext. Without `sni` the caller's Host is the name that is asked for, and
/// without `subjectAltNames` the certificate must be for it.
final class ForeignTls {
  private ForeignTls() {}

  /// Empty where nothing is encrypted: Istio gives `credentialName` only to proxies that the rule
  /// selects.
  static Optional<UpstreamTlsContext> of(ClusterDraft draft, SpecNode tls, boolean mutual) {
    String credential = tls.at("credentialName").textOr("");
    if (!credential.isEmpty() && draft.sight.sidecar() && !selected(draft)) {
      tls.at("credentialName")
          .problem(
              Severity.INERT,
              "a sidecar needs a workloadSelector in the rule for it: calls are not encrypted");
      return Optional.empty();
    }
    CommonTlsContext.Builder context = CommonTlsContext.newBuilder();
    if (mutual) {
      String own =
          credential.isEmpty()
              ? "file-cert:"
                  + tls.at("clientCertificate").textOr("")
                  + "~"
                  + tls.at("privateKey").textOr("")
              : "kubernetes://" + credential;
      context.addTlsCertificateSdsSecretConfigs(Secrets.file(own));
    }
    if (tls.at("insecureSkipVerify").flag()) {
      context.setValidationContext(CertificateValidationContext.getDefaultInstance());
    } else {
      validation(draft, tls, credential, context);
    }
    if (draft.http2) {
      context.addAlpnProtocols("h2");
    }
    automatic(draft, tls);
    return Optional.of(
        UpstreamTlsContext.newBuilder()
            .setSni(Tls.sni(tls, ""))
            .setCommonTlsContext(context)
            .build());
  }

  private static boolean selected(ClusterDraft draft) {
    return draft
        .sight
        .destinationRules()
        .forService(draft.service)
        .map(rule -> rule.selectsWorkloads())
        .orElse(false);
  }

  /// A name may stand in the certificate in any form, which only the older field says.
  @SuppressWarnings("deprecation")
  private static void validation(
      ClusterDraft draft, SpecNode tls, String credential, CommonTlsContext.Builder context) {
    String root =
        credential.isEmpty()
            ? "file-root:" + tls.at("caCertificates").textOr("system")
            : "kubernetes://" + credential + "-cacert";
    var validation = context.getCombinedValidationContextBuilder();
    validation.setValidationContextSdsSecretConfig(Secrets.file(root));
    var rules = validation.getDefaultValidationContextBuilder();
    names(draft, tls)
        .forEach(name -> rules.addMatchSubjectAltNames(StringMatcher.newBuilder().setExact(name)));
    tls.at("caCrl")
        .text()
        .filter(file -> !file.isEmpty())
        .ifPresent(file -> {
          if (draft.sight.proxy().addresses().redirecting()) {
            rules.setCrl(DataSource.newBuilder().setFilename(file));
          } else {
            tls.at("caCrl")
                .problem(
                    Severity.NOT_MODELLED,
                    "pods have no file system of their own here: revoked certificates are taken");
          }
        });
  }

  private static List<String> names(ClusterDraft draft, SpecNode tls) {
    List<String> given = tls.at("subjectAltNames").textItems();
    return given.isEmpty() ? draft.service.entry().subjectAltNames() : given;
  }

  private static void automatic(ClusterDraft draft, SpecNode tls) {
    if (tls.at("sni").textOr("").isEmpty()) {
      UpstreamHttpProtocolOptions.Builder options =
          UpstreamHttpProtocolOptions.newBuilder().setAutoSni(true);
      if (tls.at("subjectAltNames").items().isEmpty() && !tls.at("insecureSkipVerify").flag()) {
        options.setAutoSanValidation(true);
      }
      draft.upstreamHttp = options.build();
    }
  }
}
