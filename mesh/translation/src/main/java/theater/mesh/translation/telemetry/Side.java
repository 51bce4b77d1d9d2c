package theater.mesh.translation.telemetry;

import theater.mesh.translation.spec.SpecNode;

/// The end of a call at which an Envoy stands. Istio: WorkloadMode.
public enum Side {
  /// A sidecar's outbound side, and gateways.
  CLIENT,
  /// A sidecar's inbound side.
  SERVER;

  /// Whether `match.mode` of a Telemetry means this end.
  boolean meant(SpecNode match) {
    String mode = match.at("mode").textOr("CLIENT_AND_SERVER");
    return mode.equals("CLIENT_AND_SERVER") || mode.equals(name());
  }
}
