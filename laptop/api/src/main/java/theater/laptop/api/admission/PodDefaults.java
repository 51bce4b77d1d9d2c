package theater.laptop.api.admission;

import static theater.laptop.api.json.Json.putIfAbsent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import theater.laptop.api.json.Json;

/// What the real server writes into a pod's spec where it says nothing.
final class PodDefaults {
  private static final long FILE_MODE = 0644;

  private PodDefaults() {}

  static void apply(ObjectNode spec) {
    putIfAbsent(spec, "restartPolicy", "Always");
    putIfAbsent(spec, "terminationGracePeriodSeconds", 30);
    putIfAbsent(spec, "dnsPolicy", "ClusterFirst");
    Json.child(spec, "securityContext");
    putIfAbsent(spec, "schedulerName", "default-scheduler");
    for (String list : List.of("initContainers", "containers")) {
      for (JsonNode container : spec.path(list)) {
        if (container instanceof ObjectNode object) {
          container(object);
        }
      }
    }
    for (JsonNode volume : spec.path("volumes")) {
      if (volume instanceof ObjectNode object) {
        volume(object);
      }
    }
    if (spec.hasNonNull("serviceAccountName")) {
      putIfAbsent(spec, "serviceAccount", spec.get("serviceAccountName").asText());
    } else if (spec.hasNonNull("serviceAccount")) {
      putIfAbsent(spec, "serviceAccountName", spec.get("serviceAccount").asText());
    }
  }

  private static void container(ObjectNode container) {
    putIfAbsent(container, "terminationMessagePath", "/dev/termination-log");
    putIfAbsent(container, "terminationMessagePolicy", "File");
    if (!Json.text(container, "image").isEmpty()) {
      putIfAbsent(
          container,
          "imagePullPolicy",
          latest(Json.text(container, "image")) ? "Always" : "IfNotPresent");
    }
    ObjectNode resources = Json.child(container, "resources");
    if (resources.get("limits") instanceof ObjectNode limits && !limits.isEmpty()) {
      ObjectNode requests = Json.child(resources, "requests");
      for (Map.Entry<String, JsonNode> limit : limits.properties()) {
        if (!requests.has(limit.getKey())) {
          requests.set(limit.getKey(), limit.getValue());
        }
      }
    }
    for (JsonNode port : container.path("ports")) {
      if (port instanceof ObjectNode object) {
        putIfAbsent(object, "protocol", "TCP");
      }
    }
    for (JsonNode variable : container.path("env")) {
      if (variable.path("valueFrom").path("fieldRef") instanceof ObjectNode reference) {
        putIfAbsent(reference, "apiVersion", "v1");
      }
    }
    for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      if (container.get(probe) instanceof ObjectNode object) {
        probe(object);
      }
    }
  }

  private static void probe(ObjectNode probe) {
    if (probe.get("httpGet") instanceof ObjectNode get) {
      putIfAbsent(get, "path", "/");
      putIfAbsent(get, "scheme", "HTTP");
    }
    putIfAbsent(probe, "timeoutSeconds", 1);
    putIfAbsent(probe, "periodSeconds", 10);
    putIfAbsent(probe, "successThreshold", 1);
    putIfAbsent(probe, "failureThreshold", 3);
  }

  private static void volume(ObjectNode volume) {
    for (String source : List.of("configMap", "secret", "projected", "downwardAPI")) {
      if (volume.get(source) instanceof ObjectNode object) {
        putIfAbsent(object, "defaultMode", FILE_MODE);
      }
    }
    for (JsonNode source : volume.path("projected").path("sources")) {
      if (source.get("serviceAccountToken") instanceof ObjectNode token) {
        putIfAbsent(token, "expirationSeconds", 3600);
      }
    }
  }

  private static boolean latest(String image) {
    String last = image.substring(image.lastIndexOf('/') + 1);
    return !last.contains(":") || last.endsWith(":latest");
  }
}
