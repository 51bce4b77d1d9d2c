package theater.mesh.translation.cluster;

import java.util.List;

/// A part of DestinationRule's trafficPolicy that is modelled.
interface ClusterFeature {

  /// The fields that it reads, relative to a trafficPolicy: `connectionPool.tcp.maxConnections`.
  List<String> fields();

  /// Applies them; called also when the policy has none of them, so that defaults are set here,
  /// too.
  void apply(ClusterDraft draft);
}
