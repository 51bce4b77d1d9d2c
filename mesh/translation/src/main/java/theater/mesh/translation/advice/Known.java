package theater.mesh.translation.advice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import theater.mesh.view.ConfigObject;
import theater.mesh.view.MeshView;
import theater.mesh.view.Service;

/// What is known around an object that is being applied.
///
/// @param view the own context's
/// @param services of every context; perhaps newer than the view's
/// @param configs the own context's; perhaps newer than the view's
/// @param elsewhere the rules of each other context; one that could not be asked is missing
public record Known(
    MeshView view,
    List<Service> services,
    List<ConfigObject> configs,
    Map<String, List<ConfigObject>> elsewhere) {

  public Known {
    services = List.copyOf(services);
    configs = List.copyOf(configs);
    elsewhere = Map.copyOf(elsewhere);
  }

  /// What a view knows.
  public static Known of(MeshView view, Map<String, List<ConfigObject>> elsewhere) {
    return new Known(view, view.services(), view.configs(), elsewhere);
  }

  /// With an object in the place of its older self. One without a time of creation is as old as
  /// that, or the youngest.
  public Known with(ConfigObject object) {
    List<ConfigObject> next = new ArrayList<>(configs);
    Optional<ConfigObject> before =
        next.stream().filter(config -> same(config, object)).findFirst();
    before.ifPresent(next::remove);
    next.add(
        object.created().equals(Instant.EPOCH)
            ? aged(object, before.map(ConfigObject::created).orElse(Instant.MAX))
            : object);
    return new Known(view, services, next, elsewhere);
  }

  /// Whether they are one object, perhaps in two states.
  static boolean same(ConfigObject one, ConfigObject other) {
    return one.kind().equals(other.kind())
        && one.namespace().equals(other.namespace())
        && one.name().equals(other.name());
  }

  private static ConfigObject aged(ConfigObject object, Instant created) {
    return new ConfigObject(
        object.apiVersion(),
        object.kind(),
        object.namespace(),
        object.name(),
        created,
        object.labels(),
        object.annotations(),
        object.spec());
  }
}
