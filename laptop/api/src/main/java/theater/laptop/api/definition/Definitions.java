package theater.laptop.api.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.kind.Kinds;

/// What a CustomResourceDefinition is given where it says nothing, and its conditions.
public final class Definitions {
  public static final Kind KIND = Kinds.of("apiextensions.k8s.io", "customresourcedefinitions");

  /// Keeps a definition until its objects are gone.
  public static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

  private Definitions() {}

  /// The kind of the table that a definition of this name is about: it stays what it is, whatever
  /// the definition says.
  ///
  /// @param name of the CustomResourceDefinition, `virtualservices.networking.istio.io`
  public static Optional<Kind> builtIn(String name) {
    return Kinds.ALL.stream().filter(kind -> kind.resource().equals(name)).findFirst();
  }

  /// Changes a definition in place before it is checked.
  public static void defaults(ObjectNode object) {
    ObjectNode spec = Json.child(object, "spec");
    ObjectNode names = Json.child(spec, "names");
    String kind = Json.text(names, "kind");
    if (!kind.isEmpty()) {
      Json.putIfAbsent(names, "singular", kind.toLowerCase(Locale.ROOT));
      Json.putIfAbsent(names, "listKind", kind + "List");
    }
    Json.putIfAbsent(Json.child(spec, "conversion"), "strategy", "None");
    ObjectNode status = Json.child(object, "status");
    if (!status.has("acceptedNames")) {
      status.putObject("acceptedNames").put("kind", "").put("plural", "");
    }
    ArrayNode stored =
        status.get("storedVersions") instanceof ArrayNode given
            ? given
            : status.putArray("storedVersions");
    for (JsonNode version : spec.path("versions")) {
      boolean known = false;
      for (JsonNode each : stored) {
        known |= each.asText().equals(Json.text(version, "name"));
      }
      if (version.path("storage").asBoolean() && !known) {
        stored.add(Json.text(version, "name"));
      }
    }
  }

  /// Notes that a definition is to go: after its objects.
  public static void terminating(ObjectNode object) {
    ObjectNode metadata = Json.metadata(object);
    ArrayNode finalizers =
        metadata.get("finalizers") instanceof ArrayNode given
            ? given
            : metadata.putArray("finalizers");
    finalizers.add(CLEANUP);
    condition(
        object,
        "Terminating",
        true,
        "InstanceDeletionPending",
        "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon");
  }

  public static boolean holds(JsonNode object, String type) {
    for (JsonNode condition : object.path("status").path("conditions")) {
      if (Json.text(condition, "type").equals(type)) {
        return Json.text(condition, "status").equals("True");
      }
    }
    return false;
  }

  /// Sets a condition; its time changes with its status only.
  public static void condition(
      ObjectNode object, String type, boolean holds, String reason, String message) {
    ObjectNode status = Json.child(object, "status");
    ArrayNode conditions =
        status.get("conditions") instanceof ArrayNode given ? given : status.putArray("conditions");
    ObjectNode found = null;
    for (JsonNode each : conditions) {
      if (Json.text(each, "type").equals(type)) {
        found = (ObjectNode) each;
      }
    }
    ObjectNode condition = found == null ? conditions.addObject() : found;
    String value = holds ? "True" : "False";
    if (!Json.text(condition, "status").equals(value)) {
      condition.put("lastTransitionTime", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }
    condition.put("message", message).put("reason", reason);
    condition.put("status", value).put("type", type);
  }

  static List<JsonNode> versions(JsonNode object) {
    List<JsonNode> versions = new java.util.ArrayList<>();
    object.path("spec").path("versions").forEach(versions::add);
    return versions;
  }
}
