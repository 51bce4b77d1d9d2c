package theater.mesh.translation.rule;

import java.util.List;
import java.util.Optional;
import theater.mesh.translation.Sight;
import theater.mesh.translation.names.ClusterName;
import theater.mesh.translation.registry.RegistryService;
import theater.mesh.translation.spec.SpecNode;

/// Programs that the mesh's administrator offers to policies by a name. Istio:
/// MeshConfig.extensionProviders.
public final class ExtensionProviders {
  private final Sight sight;

  /// Of the mesh that a proxy belongs to.
  public ExtensionProviders(Sight sight) {
    this.sight = sight;
  }

  /// MeshConfig as a cursor: problems are told as those of `MeshConfig`.
  public static SpecNode meshConfig(Sight sight) {
    return MeshConfig.of(sight);
  }

  /// The provider of a name, whatever the case of its letters.
  public Optional<SpecNode> find(String name) {
    return all().stream()
        .filter(provider -> provider.at("name").textOr("").equalsIgnoreCase(name))
        .findFirst();
  }

  /// All of them.
  public List<SpecNode> all() {
    return meshConfig(sight).at("extensionProviders").items();
  }

  /// The service that a provider names by `service` (`HOST` or `NAMESPACE/HOST`) and `port`.
  public Optional<Target> target(SpecNode provider) {
    String written = provider.at("service").textOr("");
    String host = written.substring(written.indexOf('/') + 1);
    int port = provider.at("port").unsigned().orElse(0);
    Optional<RegistryService> service =
        sight
            .everything()
            .find(host)
            .filter(found -> !written.contains("/") || written.startsWith(found.namespace() + "/"))
            .filter(found -> found.port(port).isPresent());
    if (service.isEmpty()) {
      provider
          .at("service")
          .problem(
              theater.mesh.translation.Problem.Severity.BROKEN_REFERENCE,
              "is \"" + written + "\" at port " + port + ": no service of the mesh has that");
    }
    return service.map(_ -> new Target(host, ClusterName.outbound(port, "", host).text()));
  }

  /// Where a provider is.
  ///
  /// @param cluster Envoy's name for it
  public record Target(String host, String cluster) {}
}
