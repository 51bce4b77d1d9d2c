package theater.mesh.translation.registry;

import java.util.List;
import java.util.Map;
import theater.mesh.view.Endpoint;

/// What a host has that comes from a ServiceEntry.
///
/// @param external whether it is outside the mesh, so that mTLS is not tried
/// @param weights of its endpoints
/// @param subjectAltNames who may answer, as the entry says
/// @param addresses by which it is called: single ones, and blocks such as `10.0.0.0/8`
public record ServiceEntryHost(
    EntryKind kind,
    boolean external,
    Map<Endpoint, Integer> weights,
    List<String> subjectAltNames,
    List<String> addresses) {
  /// A Kubernetes Service.
  public static final ServiceEntryHost NO_ENTRY =
      new ServiceEntryHost(EntryKind.SERVICE, false, Map.of(), List.of(), List.of());

  public ServiceEntryHost {
    weights = Map.copyOf(weights);
    subjectAltNames = List.copyOf(subjectAltNames);
    addresses = List.copyOf(addresses);
  }
}
