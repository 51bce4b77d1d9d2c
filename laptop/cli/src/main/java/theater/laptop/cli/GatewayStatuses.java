package theater.laptop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import theater.kube.KubeApi;
import theater.kube.KubeException;
import theater.kube.KubeUnavailableException;
import theater.kube.Meta;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;
import theater.mesh.translation.gatewayapi.GatewayApi;
import theater.mesh.translation.gatewayapi.ObjectStatus;
import theater.mesh.view.MeshView;

/// Writes what the mesh says about Gateways and routes of the Gateway API into their status, as
/// istiod does: with the time of the last change and the generation that was looked at. What is
/// there already is not written again.
final class GatewayStatuses implements AutoCloseable {
  private static final Logger LOG = System.getLogger(GatewayStatuses.class.getName());
  private static final Map<String, ResourceType> TYPES =
      Map.of(
          "GatewayClass", ResourceTypes.GATEWAY_CLASS,
          "Gateway", ResourceTypes.K8S_GATEWAY,
          "HTTPRoute", ResourceTypes.HTTP_ROUTE,
          "GRPCRoute", ResourceTypes.GRPC_ROUTE);

  private final KubeApi api;
  private final Clock clock;
  private final AtomicReference<MeshView> waiting = new AtomicReference<>();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("gateway-status").factory());

  GatewayStatuses(KubeApi api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  /// The newest view; does not wait. Of views that come faster than they are written the last one
  /// counts.
  void update(MeshView view) {
    if (waiting.getAndSet(view) == null) {
      try {
        writer.execute(this::write);
      } catch (RejectedExecutionException e) {
        LOG.log(Level.DEBUG, "closed: no status is written", e);
      }
    }
  }

  @Override
  public void close() {
    writer.shutdownNow();
  }

  private void write() {
    try {
      GatewayApi.statuses(waiting.getAndSet(null)).forEach(this::write);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "no status of the Gateway API could be made", e);
    }
  }

  private void write(ObjectStatus computed) {
    ResourceType type = TYPES.get(computed.object().kind());
    String namespace = computed.object().namespace();
    String name = computed.object().name();
    try {
      ObjectNode current = api.get(type, namespace, name);
      JsonNode before = current.path("status");
      ObjectNode status = computed.status().deepCopy();
      complete(status, before, current.path("metadata").path("generation").asLong());
      if (!status.equals(before)) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.set("status", status);
        before.fieldNames().forEachRemaining(field -> status.putIfAbsent(field, status.nullNode()));
        api.mergePatch(type, Meta.namespace(current), name, "status", patch);
      }
    } catch (KubeException | KubeUnavailableException e) {
      LOG.log(
          e instanceof KubeException known && known.code() == 404 ? Level.DEBUG : Level.WARNING,
          "status of {0} {1}/{2}: {3}",
          computed.object().kind(),
          namespace,
          name,
          e.getMessage());
    }
  }

  /// Puts generation and time into every condition, wherever it stands.
  private void complete(JsonNode status, JsonNode before, long generation) {
    if (status instanceof ObjectNode object && object.path("conditions") instanceof ArrayNode all) {
      all.forEach(condition -> {
        ((ObjectNode) condition).set("observedGeneration", number(generation));
        ((ObjectNode) condition).put("lastTransitionTime", changed(condition, before));
      });
    }
    if (status.isContainerNode()) {
      status
          .properties()
          .forEach(field -> complete(field.getValue(), before.path(field.getKey()), generation));
      for (int i = 0; status.isArray() && i < status.size(); i++) {
        complete(status.get(i), before.path(i), generation);
      }
    }
  }

  /// As a reader of JSON makes it: small numbers are equal to those that were read.
  private static JsonNode number(long value) {
    return value == (int) value
        ? JsonNodeFactory.instance.numberNode((int) value)
        : JsonNodeFactory.instance.numberNode(value);
  }

  /// When the condition came to be true or false.
  private String changed(JsonNode condition, JsonNode before) {
    for (JsonNode old : before.path("conditions")) {
      if (old.path("type").equals(condition.path("type"))
          && old.path("status").equals(condition.path("status"))
          && old.hasNonNull("lastTransitionTime")) {
        return old.path("lastTransitionTime").asText();
      }
    }
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
