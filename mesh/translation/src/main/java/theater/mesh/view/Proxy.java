package theater.mesh.view;

import java.util.Map;

/// An Envoy that asks for its configuration (Istio: model.Proxy).
///
/// @param role what it does
/// @param workload the pod it belongs to
/// @param network its network, for a router that looks at one only ([Role#EAST_WEST_GATEWAY])
/// @param addresses where it listens
public record Proxy(
    Role role,
    Workload workload,
    String network,
    Map<String, String> metadata,
    ListenAddresses addresses) {

  public Proxy {
    metadata = Map.copyOf(metadata);
  }

  /// Envoy's place in the mesh.
  public enum Role {
    /// Beside an application.
    SIDECAR,
    /// Istio Gateway objects select it: the ingress gateway.
    INGRESS_GATEWAY,
    /// Passes mTLS by SNI from other networks to local pods (Istio: router mode sni-dnat).
    EAST_WEST_GATEWAY
  }
}
