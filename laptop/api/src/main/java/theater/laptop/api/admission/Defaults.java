package theater.laptop.api.admission;

import static theater.laptop.api.json.Json.putIfAbsent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import theater.laptop.api.definition.Definitions;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;

/// What the real server writes into an object where it says nothing.
final class Defaults {
  /// What a HorizontalPodAutoscaler without metrics aims at.
  private static final int DEFAULT_CPU_PERCENT = 80;

  private Defaults() {}

  static void apply(Kind kind, ObjectNode object) {
    if (kind.isCustom()) {
      return;
    }
    switch (kind.kind()) {
      case "Pod" -> pod(object);
      case "Deployment" -> deployment(Json.child(object, "spec"));
      case "ReplicaSet", "ReplicationController" -> replicas(Json.child(object, "spec"));
      case "StatefulSet" -> statefulSet(Json.child(object, "spec"));
      case "DaemonSet" -> template(Json.child(object, "spec"));
      case "Service" -> service(Json.child(object, "spec"));
      case "Secret" -> secret(object);
      case "Namespace" -> namespace(object);
      case "PersistentVolumeClaim" -> {
        putIfAbsent(Json.child(object, "spec"), "volumeMode", "Filesystem");
        putIfAbsent(Json.child(object, "status"), "phase", "Pending");
      }
      case "Job" -> job(Json.child(object, "spec"));
      case "PriorityClass" -> putIfAbsent(object, "preemptionPolicy", "PreemptLowerPriority");
      case "HorizontalPodAutoscaler" -> autoscaler(Json.child(object, "spec"));
      case "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration" ->
          Webhooks.defaults(object);
      case "CustomResourceDefinition" -> Definitions.defaults(object);
      case "RoleBinding", "ClusterRoleBinding" -> {
        if (object.get("roleRef") instanceof ObjectNode role) {
          putIfAbsent(role, "apiGroup", "rbac.authorization.k8s.io");
        }
        for (JsonNode subject : object.path("subjects")) {
          if (!Json.text(subject, "kind").equals("ServiceAccount")) {
            putIfAbsent((ObjectNode) subject, "apiGroup", "rbac.authorization.k8s.io");
          }
        }
      }
      default -> {}
    }
  }

  private static void pod(ObjectNode pod) {
    ObjectNode spec = Json.child(pod, "spec");
    PodDefaults.apply(spec);
    if (!spec.has("enableServiceLinks")) {
      spec.put("enableServiceLinks", true);
    }
    putIfAbsent(spec, "preemptionPolicy", "PreemptLowerPriority");
    putIfAbsent(spec, "priority", 0);
    ObjectNode status = Json.child(pod, "status");
    putIfAbsent(status, "phase", "Pending");
    putIfAbsent(status, "qosClass", QualityOfService.of(spec));
  }

  private static void template(ObjectNode spec) {
    if (spec.path("template").path("spec") instanceof ObjectNode pod) {
      PodDefaults.apply(pod);
    }
    putIfAbsent(spec, "revisionHistoryLimit", 10);
  }

  private static void replicas(ObjectNode spec) {
    putIfAbsent(spec, "replicas", 1);
    if (spec.path("template").path("spec") instanceof ObjectNode pod) {
      PodDefaults.apply(pod);
    }
  }

  private static void deployment(ObjectNode spec) {
    template(spec);
    replicas(spec);
    ObjectNode strategy = Json.child(spec, "strategy");
    putIfAbsent(strategy, "type", "RollingUpdate");
    if (Json.text(strategy, "type").equals("RollingUpdate")) {
      ObjectNode rolling = Json.child(strategy, "rollingUpdate");
      if (!rolling.hasNonNull("maxUnavailable")) {
        rolling.put("maxUnavailable", "25%");
      }
      if (!rolling.hasNonNull("maxSurge")) {
        rolling.put("maxSurge", "25%");
      }
    }
    putIfAbsent(spec, "progressDeadlineSeconds", 600);
  }

  private static void statefulSet(ObjectNode spec) {
    template(spec);
    replicas(spec);
    putIfAbsent(spec, "podManagementPolicy", "OrderedReady");
    ObjectNode strategy = Json.child(spec, "updateStrategy");
    putIfAbsent(strategy, "type", "RollingUpdate");
  }

  private static void job(ObjectNode spec) {
    putIfAbsent(spec, "backoffLimit", 6);
    putIfAbsent(spec, "completions", 1);
    putIfAbsent(spec, "parallelism", 1);
    putIfAbsent(spec, "completionMode", "NonIndexed");
    if (spec.path("template").path("spec") instanceof ObjectNode pod) {
      PodDefaults.apply(pod);
    }
  }

  private static void autoscaler(ObjectNode spec) {
    putIfAbsent(spec, "minReplicas", 1);
    if (spec.path("metrics").isEmpty()) {
      ObjectNode cpu = spec.putArray("metrics").addObject().put("type", "Resource");
      cpu.putObject("resource")
          .put("name", "cpu")
          .putObject("target")
          .put("type", "Utilization")
          .put("averageUtilization", DEFAULT_CPU_PERCENT);
    }
  }

  private static void service(ObjectNode spec) {
    putIfAbsent(spec, "type", "ClusterIP");
    putIfAbsent(spec, "sessionAffinity", "None");
    if (!Json.text(spec, "type").equals("ExternalName")) {
      putIfAbsent(spec, "internalTrafficPolicy", "Cluster");
      if (!spec.has("ipFamilies")) {
        spec.putArray("ipFamilies").add("IPv4");
      }
      putIfAbsent(spec, "ipFamilyPolicy", "SingleStack");
    }
    if (Json.text(spec, "type").equals("LoadBalancer")
        || Json.text(spec, "type").equals("NodePort")) {
      putIfAbsent(spec, "externalTrafficPolicy", "Cluster");
    }
    for (JsonNode node : spec.path("ports")) {
      if (node instanceof ObjectNode port) {
        putIfAbsent(port, "protocol", "TCP");
        if (!port.hasNonNull("targetPort") && port.has("port")) {
          port.set("targetPort", port.get("port"));
        }
      }
    }
  }

  private static void secret(ObjectNode secret) {
    putIfAbsent(secret, "type", "Opaque");
    if (secret.remove("stringData") instanceof ObjectNode plain) {
      ObjectNode data = Json.child(secret, "data");
      for (Map.Entry<String, JsonNode> entry : plain.properties()) {
        data.put(
            entry.getKey(),
            Base64.getEncoder()
                .encodeToString(entry.getValue().asText().getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  private static void namespace(ObjectNode namespace) {
    Json.child(Json.metadata(namespace), "labels")
        .put("kubernetes.io/metadata.name", Json.name(namespace));
    putIfAbsent(Json.child(namespace, "status"), "phase", "Active");
  }
}
