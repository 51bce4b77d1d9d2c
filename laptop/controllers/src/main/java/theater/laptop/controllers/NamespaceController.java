package theater.laptop.controllers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import theater.kube.KubeApi;
import theater.kube.KubeException;
import theater.kube.Meta;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;

/// A namespace has its account `default` and the root certificates; one that is being deleted takes
/// everything in it along, then itself.
final class NamespaceController implements WorkQueue.Reconciler {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  /// As in Kubernetes: so long its content stays, and whoever deletes the content along with it
  /// (`kubectl delete -k`) still finds it.
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final KubeApi api;
  private final Supplier<List<ResourceType>> types;
  private final RootCertificates roots;
  private final Clock clock;

  NamespaceController(
      KubeApi api, Supplier<List<ResourceType>> types, RootCertificates roots, Clock clock) {
    this.api = api;
    this.types = types;
    this.roots = roots;
    this.clock = clock;
  }

  @Override
  public Duration reconcile(WorkQueue.Key key) {
    ObjectNode namespace = Found.get(api, ResourceTypes.NAMESPACE, "", key.name()).orElse(null);
    if (namespace == null) {
      return null;
    }
    if (!Meta.deleting(namespace)) {
      account(key.name());
      roots.publish(key.name());
      return null;
    }
    if (!namespace.path("status").path("phase").asText().equals("Terminating")) {
      ObjectNode patch = JsonNodeFactory.instance.objectNode();
      patch.putObject("status").put("phase", "Terminating");
      api.mergePatch(ResourceTypes.NAMESPACE, null, key.name(), "status", patch);
    }
    Duration early =
        Duration.between(
            clock.instant(),
            Instant.parse(namespace.path("metadata").path("deletionTimestamp").asText())
                .plus(GRACE));
    if (early.isPositive()) {
      return early;
    }
    if (empty(key.name()) > 0) {
      return LOOK_AGAIN;
    }
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("spec").putArray("finalizers");
    api.mergePatch(ResourceTypes.NAMESPACE, null, key.name(), null, patch);
    // A server that does not remove an object with its last finalizer is asked once more.
    Found.delete(api, ResourceTypes.NAMESPACE, namespace);
    return null;
  }

  private void account(String namespace) {
    if (Found.get(api, ResourceTypes.SERVICE_ACCOUNT, namespace, "default").isEmpty()) {
      ObjectNode account =
          JsonNodeFactory.instance
              .objectNode()
              .put("apiVersion", "v1")
              .put("kind", "ServiceAccount");
      account.putObject("metadata").put("name", "default").put("namespace", namespace);
      api.create(ResourceTypes.SERVICE_ACCOUNT, account);
    }
  }

  /// Asks for the deletion of all. @return how many are left
  private int empty(String namespace) {
    int left = 0;
    for (ResourceType type : types.get()) {
      if (!type.namespaced()) {
        continue;
      }
      for (ObjectNode object : objects(type, namespace)) {
        if (!Meta.deleting(object)) {
          Found.delete(api, type, object);
        }
      }
      left += objects(type, namespace).size();
    }
    return left;
  }

  private List<ObjectNode> objects(ResourceType type, String namespace) {
    try {
      return api.list(type, namespace, null).items();
    } catch (KubeException e) {
      if (e.code() == 404) {
        return List.of();
      }
      throw e;
    }
  }
}
