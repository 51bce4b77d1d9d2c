package theater.mesh.translation.registry;

import java.util.Map;
import theater.mesh.view.Endpoint;

/// What a host has that comes from a ServiceEntry.
///
/// @param external whether it is outside the mesh, so that mTLS is not tried
/// @param weights of its endpoints
public record ServiceEntryHost(EntryKind kind, boolean external, Map<Endpoint, Integer> weights) {
  /// A Kubernetes Service.
  public static final ServiceEntryHost NO_ENTRY =
      new ServiceEntryHost(EntryKind.SERVICE, false, Map.of());

  public ServiceEntryHost {
    weights = Map.copyOf(weights);
  }
}
