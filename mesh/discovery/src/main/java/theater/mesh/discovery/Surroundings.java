package theater.mesh.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import theater.kube.Informer;
import theater.kube.InformerListener;
import theater.kube.KubeApi;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;
import theater.mesh.translation.advice.Known;
import theater.mesh.view.ConfigObject;
import theater.mesh.view.MeshView;
import theater.mesh.view.Service;

/// What advice may look at: the newest view, the own context's objects as they are stored now, and
/// the rules of the other contexts as they were last heard of. Asking never waits: a context that
/// has not answered yet is left out.
public final class Surroundings implements AutoCloseable {
  private static final List<ResourceType> RULES =
      List.of(ResourceTypes.VIRTUAL_SERVICE, ResourceTypes.DESTINATION_RULE);
  private static final List<ResourceType> OWN =
      List.of(
          ResourceTypes.VIRTUAL_SERVICE,
          ResourceTypes.DESTINATION_RULE,
          ResourceTypes.GATEWAY,
          ResourceTypes.SERVICE_ENTRY);

  private final String context;
  private final KubeApi own;
  private final Map<String, List<Informer>> others = new TreeMap<>();
  private volatile MeshView newest;

  /// @param context the own one
  /// @param contexts every context's API server
  public Surroundings(String context, Map<String, KubeApi> contexts) {
    this.context = context;
    own = contexts.get(context);
    contexts.forEach((name, api) -> {
      if (!name.equals(context)) {
        others.put(
            name,
            RULES.stream()
                .map(type -> new Informer(api, type, null, InformerListener.always(() -> {})))
                .toList());
      }
    });
  }

  /// Begins to listen to the other contexts, once.
  public Surroundings start() {
    others.values().forEach(informers -> informers.forEach(Informer::start));
    return this;
  }

  /// A new view of the own context's discovery.
  public void update(MeshView view) {
    newest = view;
  }

  /// The newest view; empty before the first.
  public Optional<MeshView> view() {
    return Optional.ofNullable(newest);
  }

  /// What is known now; empty before the first view.
  public Optional<Known> known() {
    MeshView view = newest;
    if (view == null) {
      return Optional.empty();
    }
    List<ObjectNode> stored = new ArrayList<>();
    OWN.forEach(type -> stored.addAll(own.list(type, null, null).items()));
    Map<String, List<ConfigObject>> elsewhere = new HashMap<>();
    others.forEach((name, informers) -> {
      if (informers.stream().allMatch(Informer::synced)) {
        elsewhere.put(
            name,
            informers.stream()
                .flatMap(informer -> informer.all().stream())
                .map(ConfigObjects::of)
                .toList());
      }
    });
    return Optional.of(
        new Known(
            view, services(view), stored.stream().map(ConfigObjects::of).toList(), elsewhere));
  }

  /// The view's, and those that were stored since.
  private List<Service> services(MeshView view) {
    List<Service> services = new ArrayList<>(view.services());
    services.removeIf(service -> service.context().equals(context));
    own.list(ResourceTypes.SERVICE, null, null)
        .items()
        .forEach(object -> services.add(ContextServices.service(context, object)));
    return services;
  }

  @Override
  public void close() {
    others.values().forEach(informers -> informers.forEach(Informer::close));
  }
}
