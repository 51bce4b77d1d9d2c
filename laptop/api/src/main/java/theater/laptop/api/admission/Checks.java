package theater.laptop.api.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import theater.laptop.api.definition.DefinitionCheck;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.selector.LabelSelector;
import theater.laptop.api.status.Cause;

/// What must be right in an object of a built-in kind, with the words of the real server.
final class Checks {
  private Checks() {}

  /// @param old null when it is new
  static List<Cause> check(Kind kind, ObjectNode object, ObjectNode old) {
    List<Cause> causes = new ArrayList<>();
    Names.check(kind, object, causes);
    finalizers(object, old, causes);
    if (kind.isCustom()) {
      return causes;
    }
    JsonNode spec = object.path("spec");
    switch (kind.kind()) {
      case "Pod" -> {
        PodChecks.check(spec, "spec", causes);
        immutablePod(spec, old, causes);
      }
      case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet" ->
          workload(kind, spec, old, causes);
      case "Service" -> service(spec, causes);
      case "PodDisruptionBudget" -> {
        if (spec.hasNonNull("minAvailable") && spec.hasNonNull("maxUnavailable")) {
          causes.add(
              Cause.invalid(
                  "spec", spec.toString(), "minAvailable and maxUnavailable cannot be both set"));
        }
      }
      case "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration" ->
          Webhooks.check(object, causes);
      case "CustomResourceDefinition" -> causes.addAll(DefinitionCheck.check(object, old));
      case "ConfigMap" -> {
        keys(object.path("data"), "data", causes);
        if (old != null
            && old.path("immutable").asBoolean()
            && !old.path("data").equals(object.path("data"))) {
          causes.add(Cause.forbidden("data", "field is immutable when `immutable` is set"));
        }
      }
      case "Secret" -> {
        keys(object.path("data"), "data", causes);
        if (old != null && !old.path("type").equals(object.path("type"))) {
          causes.add(Cause.invalid("type", object.path("type").toString(), "field is immutable"));
        }
      }
      case "RoleBinding", "ClusterRoleBinding" -> {
        if (Json.text(object, "roleRef", "name").isEmpty()) {
          causes.add(Cause.required("roleRef.name", ""));
        }
        if (old != null && !old.path("roleRef").equals(object.path("roleRef"))) {
          causes.add(
              Cause.invalid("roleRef", object.path("roleRef").toString(), "cannot change roleRef"));
        }
      }
      default -> {}
    }
    return causes;
  }

  private static void finalizers(ObjectNode object, ObjectNode old, List<Cause> causes) {
    if (old == null || !old.path("metadata").has("deletionTimestamp")) {
      return;
    }
    List<String> added = new ArrayList<>();
    object
        .path("metadata")
        .path("finalizers")
        .forEach(name -> added.add(Names.quote(name.asText())));
    old.path("metadata")
        .path("finalizers")
        .forEach(name -> added.remove(Names.quote(name.asText())));
    if (!added.isEmpty()) {
      causes.add(
          new Cause(
              "FieldValueForbidden",
              "Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"
                  + String.join(", ", added)
                  + "}",
              "metadata.finalizers"));
    }
  }

  private static void immutablePod(JsonNode spec, ObjectNode old, List<Cause> causes) {
    if (old == null) {
      return;
    }
    ObjectNode before = old.path("spec").deepCopy();
    ObjectNode after = spec.deepCopy();
    for (ObjectNode each : List.of(before, after)) {
      each.remove(
          List.of(
              "activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds", "nodeName"));
      for (String list : List.of("containers", "initContainers")) {
        each.path(list).forEach(container -> ((ObjectNode) container).remove("image"));
      }
    }
    if (!before.equals(after)) {
      causes.add(
          Cause.forbidden(
              "spec",
              "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
                  + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds`"
                  + " (allow it to be set to 1 if it was previously negative)"));
    }
  }

  private static void workload(Kind kind, JsonNode spec, ObjectNode old, List<Cause> causes) {
    JsonNode selector = spec.path("selector");
    JsonNode labels = spec.path("template").path("metadata").path("labels");
    if (spec.path("replicas").asInt(0) < 0) {
      causes.add(
          Cause.invalid(
              "spec.replicas",
              spec.path("replicas").toString(),
              "must be greater than or equal to 0"));
    }
    if (!selector.isObject()) {
      causes.add(Cause.required("spec.selector", ""));
      causes.add(
          Cause.invalid(
              "spec.template.metadata.labels",
              labels.isObject() ? labels.toString() : "null",
              "`selector` does not match template `labels`"));
    } else if (selector.path("matchLabels").isEmpty()
        && selector.path("matchExpressions").isEmpty()) {
      causes.add(
          Cause.invalid("spec.selector", "{}", "empty selector is invalid for " + kind.singular()));
    } else if (!LabelSelector.matches(selector, labels)) {
      causes.add(
          Cause.invalid(
              "spec.template.metadata.labels",
              labels.isObject() ? labels.toString() : "null",
              "`selector` does not match template `labels`"));
    }
    if (old != null && !old.path("spec").path("selector").equals(selector)) {
      causes.add(Cause.invalid("spec.selector", selector.toString(), "field is immutable"));
    }
    Names.labels(labels, "spec.template.labels", causes);
    if (kind.kind().equals("Deployment")) {
      StrategyChecks.check(spec, causes);
    }
    JsonNode pod = spec.path("template").path("spec");
    PodChecks.check(
        pod.isObject() ? pod : Json.object().put("restartPolicy", "Always"),
        "spec.template.spec",
        causes);
    if (List.of("OnFailure", "Never").contains(Json.text(pod, "restartPolicy"))) {
      causes.add(
          Cause.unsupported(
              "spec.template.spec.restartPolicy",
              pod.path("restartPolicy").toString(),
              List.of("Always")));
    }
  }

  private static void service(JsonNode spec, List<Cause> causes) {
    String type = Json.text(spec, "type");
    if (!List.of("ClusterIP", "NodePort", "LoadBalancer", "ExternalName").contains(type)) {
      causes.add(
          Cause.unsupported(
              "spec.type",
              Names.quote(type),
              List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort")));
    }
    if (spec.path("ports").isEmpty()
        && !type.equals("ExternalName")
        && !Json.text(spec, "clusterIP").equals("None")) {
      causes.add(Cause.required("spec.ports", ""));
    }
    Names.labels(spec.path("selector"), "spec.selector", causes);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < spec.path("ports").size(); i++) {
      JsonNode port = spec.path("ports").get(i);
      String at = "spec.ports[" + i + "]";
      String name = Json.text(port, "name");
      if (name.isEmpty() && spec.path("ports").size() > 1) {
        causes.add(Cause.required(at + ".name", ""));
      } else if (!name.isEmpty()) {
        String why = Names.label(name);
        if (why != null) {
          causes.add(Cause.invalid(at + ".name", Names.quote(name), why));
        }
        if (!names.add(name)) {
          causes.add(Cause.duplicate(at + ".name", name));
        }
      }
      PodChecks.portNumber(port.path("port"), at + ".port", causes);
      PodChecks.protocol(port, at, causes);
      if (port.path("targetPort").isNumber()) {
        PodChecks.portNumber(port.path("targetPort"), at + ".targetPort", causes);
      } else if (port.path("targetPort").isTextual()) {
        String target = port.path("targetPort").asText();
        PortNames.check(target)
            .forEach(
                why -> causes.add(Cause.invalid(at + ".targetPort", Names.quote(target), why)));
      }
    }
  }

  private static void keys(JsonNode data, String path, List<Cause> causes) {
    for (Map.Entry<String, JsonNode> entry : data.properties()) {
      if (!entry.getKey().matches("[-._a-zA-Z0-9]{1,253}")) {
        causes.add(
            Cause.invalid(
                path + "[" + entry.getKey() + "]",
                Names.quote(entry.getKey()),
                "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"
                    + " (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"));
      }
    }
  }
}
