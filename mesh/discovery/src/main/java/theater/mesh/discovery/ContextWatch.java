package theater.mesh.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import theater.kube.Informer;
import theater.kube.InformerListener;
import theater.kube.KubeApi;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;

/// The informers of one context.
final class ContextWatch implements AutoCloseable {
  private final Informer services;
  private final Informer slices;
  private final Informer pods;
  private final Informer nodes;
  private final Informer namespaces;
  private final List<Informer> configs = new ArrayList<>();
  private final List<Informer> secrets = new ArrayList<>();
  private final List<Informer> configMaps = new ArrayList<>();
  private final List<Informer> all = new ArrayList<>();

  /// @param own whether it is the own context: its rules, Secrets and settings act
  ContextWatch(KubeApi api, boolean own, Runnable changed) {
    InformerListener listener = InformerListener.always(changed);
    services = add(new Informer(api, ResourceTypes.SERVICE, null, listener));
    slices = add(new Informer(api, ResourceTypes.ENDPOINT_SLICE, null, listener));
    pods = add(new Informer(api, ResourceTypes.POD, null, listener));
    nodes = add(new Informer(api, ResourceTypes.NODE, null, listener));
    namespaces = add(new Informer(api, ResourceTypes.NAMESPACE, null, listener));
    if (own) {
      for (ResourceType kind : ResourceTypes.MESH_CONFIG) {
        configs.add(add(new Informer(api, kind, null, listener)));
      }
      secrets.add(add(new Informer(api, ResourceTypes.SECRET, null, listener)));
      configMaps.add(
          add(new Informer(api, ResourceTypes.CONFIG_MAP, MeshConfigMap.NAMESPACE, listener)));
    }
  }

  private Informer add(Informer informer) {
    all.add(informer);
    return informer;
  }

  void start() {
    all.forEach(Informer::start);
  }

  boolean synced() {
    return all.stream().allMatch(Informer::synced);
  }

  ContextObjects objects() {
    return new ContextObjects(
        services.all(), slices.all(), pods.all(), nodes.all(), namespaces.all());
  }

  /// Empty but for the own context.
  OwnObjects own() {
    return new OwnObjects(all(configs), all(secrets), all(configMaps));
  }

  private static List<ObjectNode> all(List<Informer> informers) {
    return informers.stream().flatMap(informer -> informer.all().stream()).toList();
  }

  @Override
  public void close() {
    all.forEach(Informer::close);
  }
}
