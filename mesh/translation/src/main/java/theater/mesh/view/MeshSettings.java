package theater.mesh.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/// Mesh-wide settings (Istio: MeshConfig), as far as they are modelled.
///
/// @param trustDomain of SPIFFE identities, `cluster.local`
/// @param domainSuffix of service hosts, `cluster.local` gives `NAME.NAMESPACE.svc.cluster.local`
/// @param rootNamespace where policies act on the whole mesh, `istio-system`
/// @param registryOnly Istio: outboundTrafficPolicy REGISTRY_ONLY; false is ALLOW_ANY
/// @param defaultRetry what acts on routes that say nothing about retries, as an HTTPRetry; missing
///   is Istio's own default
/// @param config the whole MeshConfig as a person wrote it: each feature reads its own fields
public record MeshSettings(
    String trustDomain,
    String domainSuffix,
    String rootNamespace,
    boolean registryOnly,
    JsonNode defaultRetry,
    JsonNode config) {

  /// Istio's defaults.
  public static final MeshSettings DEFAULT =
      new MeshSettings(
          "cluster.local", "cluster.local", "istio-system", false, MissingNode.getInstance());

  /// Without a MeshConfig.
  public MeshSettings(
      String trustDomain,
      String domainSuffix,
      String rootNamespace,
      boolean registryOnly,
      JsonNode defaultRetry) {
    this(
        trustDomain,
        domainSuffix,
        rootNamespace,
        registryOnly,
        defaultRetry,
        MissingNode.getInstance());
  }

  /// These settings with what a MeshConfig says.
  public MeshSettings with(JsonNode written) {
    return new MeshSettings(
        written.path("trustDomain").asText(trustDomain),
        domainSuffix,
        written.path("rootNamespace").asText(rootNamespace),
        written.path("outboundTrafficPolicy").path("mode").asText("").equals("REGISTRY_ONLY"),
        written.path("defaultHttpRetryPolicy"),
        written);
  }
}
