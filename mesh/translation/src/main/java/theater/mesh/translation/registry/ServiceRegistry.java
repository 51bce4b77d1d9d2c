package theater.mesh.translation.registry;

import java.util.List;
import java.util.Optional;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.Sight;
import theater.mesh.translation.memo.Lookup;
import theater.mesh.translation.memo.Root;
import theater.mesh.translation.memo.Unit;
import theater.mesh.view.MeshContext;

/// The services that a proxy knows.
///
/// @param imported whether only those that it imports
public record ServiceRegistry(Sight sight, boolean imported) {

  /// Every service, sorted by host. Who asks is made anew when any of them changes.
  public List<RegistryService> all() {
    return services(sight, imported).all();
  }

  /// The service of a full host name.
  public Optional<RegistryService> find(String host) {
    return Optional.ofNullable(sight.ask(new ServiceOf(host, imported)));
  }

  /// Those that a host, perhaps with a wildcard, covers. As [#all] for who asks.
  public List<RegistryService> coveredBy(String pattern) {
    return services(sight, imported).coveredBy(pattern);
  }

  /// The context of this name; one that nobody described has no network of its own.
  public MeshContext context(String name) {
    return sight.contexts().stream()
        .filter(context -> context.name().equals(name))
        .findFirst()
        .orElseGet(() -> new MeshContext(name, "", "", 0));
  }

  private static Services services(Sight sight, boolean imported) {
    return imported ? sight.make(new Imported()) : sight.make(new Everything());
  }

  private record ServiceOf(String host, boolean imported) implements Lookup<RegistryService> {
    @Override
    public RegistryService look(Sight sight) {
      return services(sight, imported).find(host).orElse(null);
    }

    @Override
    public Root root() {
      return Root.SERVICES;
    }
  }

  private record Entries() implements Unit<List<RegistryService>> {
    @Override
    public List<RegistryService> make(Sight sight) {
      return sight.rules("ServiceEntry").isEmpty() ? List.of() : ServiceEntries.of(sight);
    }
  }

  /// Services with the machines that they select.
  private record Selecting() implements Unit<Services> {
    @Override
    public Services make(Sight sight) {
      WorkloadEntries machines = new WorkloadEntries(sight);
      return machines.empty() ? sight.kubernetes() : sight.kubernetes().each(machines::behind);
    }
  }

  private record Everything() implements Unit<Services> {
    @Override
    public Services make(Sight sight) {
      Services kubernetes = sight.make(new Selecting());
      List<RegistryService> entries = sight.make(new Entries());
      for (RegistryService entry : entries) {
        if (kubernetes.find(entry.host()).isPresent()) {
          sight
              .problems()
              .add(
                  Severity.NOT_MODELLED,
                  "ServiceEntry " + entry.namespace(),
                  "spec.hosts",
                  entry.host()
                      + " is a Service, too: the two are not joined here, the Service is taken");
        }
      }
      return entries.isEmpty() ? kubernetes : kubernetes.with(entries);
    }
  }

  private record Imported() implements Unit<Services> {
    @Override
    public Services make(Sight sight) {
      Services everything = sight.make(new Everything());
      return sight.importsEverything()
          ? everything
          : everything
              .each(service ->
                  service.only(
                      port -> sight.imports(service.namespace(), service.host(), port.number())))
              .only(service -> !service.ports().isEmpty());
    }
  }
}
