package theater.gateway.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Comparator;
import java.util.List;

/// The objects of one kind in one namespace, as an API server tells them. It connects again for
/// ever.
final class Mirror implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long GRACE_NANOS = 5_000_000_000L;

  private final SharedIndexInformer<GenericKubernetesResource> informer;
  private volatile String failure = "the API server has not answered yet";
  private volatile long lastSeen;
  private volatile boolean wasSeen;

  /// @param changed called on any thread after each change
  Mirror(
      KubernetesClient client, ResourceDefinitionContext type, String namespace, Runnable changed) {
    informer = client.genericKubernetesResources(type).inNamespace(namespace).runnableInformer(0);
    informer.exceptionHandler((started, e) -> {
      failure = reason(e);
      changed.run();
      return true;
    });
    informer.addEventHandler(
        new ResourceEventHandler<>() {
          @Override
          public void onAdd(GenericKubernetesResource object) {
            changed.run();
          }

          @Override
          public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource object) {
            changed.run();
          }

          @Override
          public void onDelete(GenericKubernetesResource object, boolean finalStateUnknown) {
            changed.run();
          }
        });
    informer.start();
  }

  /// Null when the objects are known: listed, and watched or watched until a moment ago. Otherwise
  /// why not.
  String unknownReason() {
    if (informer.hasSynced() && informer.isWatching()) {
      lastSeen = System.nanoTime();
      wasSeen = true;
      return null;
    }
    return wasSeen && System.nanoTime() - lastSeen < GRACE_NANOS ? null : failure;
  }

  /// By name.
  List<JsonNode> objects() {
    return informer.getStore().list().stream()
        .<JsonNode>map(MAPPER::valueToTree)
        .sorted(Comparator.comparing(object -> object.path("metadata").path("name").asText()))
        .toList();
  }

  @Override
  public void close() {
    informer.stop();
  }

  /// The innermost cause says what happened: `Connection refused`, `Forbidden!…`.
  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String text =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return "the API server can not be read: "
        + (text.length() > 300 ? text.substring(0, 300) : text);
  }
}
