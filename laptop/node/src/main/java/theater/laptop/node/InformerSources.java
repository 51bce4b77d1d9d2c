package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import theater.kube.Informer;
import theater.kube.InformerListener;
import theater.kube.KubeApi;
import theater.kube.KubeException;
import theater.kube.KubeUnavailableException;
import theater.kube.Meta;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;

/// The context's objects, watched; one that a watch has not brought yet is asked for.
final class InformerSources implements Sources, AutoCloseable {
  private final KubeApi api;
  private final String nodeName;
  private final Informer configMaps;
  private final Informer secrets;
  private final Informer services;
  private final Informer nodes;
  private final Informer namespaces;

  /// @param changed told the kind and the namespace of a change that pods may have to follow
  InformerSources(KubeApi api, String nodeName, BiConsumer<ResourceType, String> changed) {
    this.api = api;
    this.nodeName = nodeName;
    this.configMaps = informer(ResourceTypes.CONFIG_MAP, changed);
    this.secrets = informer(ResourceTypes.SECRET, changed);
    this.services = informer(ResourceTypes.SERVICE, changed);
    this.nodes = informer(ResourceTypes.NODE, (type, namespace) -> {});
    this.namespaces = informer(ResourceTypes.NAMESPACE, (type, namespace) -> {});
  }

  private Informer informer(ResourceType type, BiConsumer<ResourceType, String> changed) {
    return new Informer(
        api,
        type,
        null,
        new InformerListener() {
          @Override
          public void added(ObjectNode object) {
            changed.accept(type, Meta.namespace(object));
          }

          @Override
          public void modified(ObjectNode before, ObjectNode now) {
            changed.accept(type, Meta.namespace(now));
          }

          @Override
          public void deleted(ObjectNode object) {
            changed.accept(type, Meta.namespace(object));
          }
        });
  }

  void start() {
    all().forEach(Informer::start);
  }

  /// Waits until every kind has been listed.
  void awaitSynced() throws InterruptedException {
    for (Informer informer : all()) {
      while (!informer.awaitSynced(Duration.ofMinutes(1))) {
        Thread.onSpinWait();
      }
    }
  }

  private List<Informer> all() {
    return List.of(configMaps, secrets, services, nodes, namespaces);
  }

  @Override
  public Optional<JsonNode> configMap(String namespace, String name) {
    return find(configMaps, ResourceTypes.CONFIG_MAP, namespace, name);
  }

  @Override
  public Optional<JsonNode> secret(String namespace, String name) {
    return find(secrets, ResourceTypes.SECRET, namespace, name);
  }

  @Override
  public Optional<JsonNode> claim(String namespace, String name) {
    return ask(ResourceTypes.PERSISTENT_VOLUME_CLAIM, namespace, name);
  }

  private Optional<JsonNode> find(
      Informer informer, ResourceType type, String namespace, String name) {
    Optional<ObjectNode> known = informer.get(namespace, name);
    return known.isPresent() ? Optional.of(known.get()) : ask(type, namespace, name);
  }

  private Optional<JsonNode> ask(ResourceType type, String namespace, String name) {
    try {
      return Optional.of(api.get(type, namespace, name));
    } catch (KubeException e) {
      if (e.code() == 404) {
        return Optional.empty();
      }
      throw new ContainerConfigException(e.getMessage());
    } catch (KubeUnavailableException e) {
      throw new ContainerConfigException("API server: " + e.getMessage());
    }
  }

  @Override
  public List<ObjectNode> services() {
    return services.all();
  }

  @Override
  public Map<String, String> nodeLabels() {
    return nodes.get(null, nodeName).map(Meta::labels).orElse(Map.of());
  }

  @Override
  public String network() {
    return namespaces
        .get(null, "istio-system")
        .map(Meta::labels)
        .orElse(Map.of())
        .getOrDefault("topology.istio.io/network", "");
  }

  @Override
  public void close() {
    all().forEach(Informer::close);
  }
}
