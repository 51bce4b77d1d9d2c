package theater.mesh.translation.registry;

import java.util.List;
import java.util.stream.Stream;
import theater.mesh.view.MeshSettings;
import theater.mesh.view.Workload;

/// Who may answer for a service: the SPIFFE ids of the pods behind it, in all contexts.
public final class ServiceAccounts {
  private ServiceAccounts() {}

  /// Sorted, each once.
  public static List<String> of(RegistryService service, MeshSettings mesh) {
    return Stream.concat(
            service.entry().subjectAltNames().stream(),
            service.endpoints().stream()
                .filter(endpoint ->
                    service.entry().kind() == EntryKind.SERVICE
                        || !endpoint.workload().serviceAccount().isEmpty())
                .map(endpoint -> spiffe(endpoint.workload(), mesh)))
        .distinct()
        .sorted()
        .toList();
  }

  /// `spiffe://cluster.local/ns/theater-msa/sa/user-sa`
  public static String spiffe(Workload workload, MeshSettings mesh) {
    String account = workload.serviceAccount().isEmpty() ? "default" : workload.serviceAccount();
    return "spiffe://" + mesh.trustDomain() + "/ns/" + workload.namespace() + "/sa/" + account;
  }
}
