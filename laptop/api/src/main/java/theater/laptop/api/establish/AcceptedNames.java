package theater.laptop.api.establish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import theater.laptop.api.definition.Definitions;
import theater.laptop.api.json.Json;

/// Which names a definition gets: none that another definition of its group has (Kubernetes: the
/// conditions NamesAccepted and Established).
final class AcceptedNames {
  private static final List<String> RESOURCES = List.of("plural", "singular");
  private static final List<String> KINDS = List.of("kind", "listKind");

  private AcceptedNames() {}

  /// Changes the status of a definition in place.
  ///
  /// @param others all definitions, as they are now
  static void settle(ObjectNode object, Iterable<ObjectNode> others) {
    Set<String> resources = new HashSet<>();
    Set<String> kinds = new HashSet<>();
    for (ObjectNode other : others) {
      if (!Json.name(other).equals(Json.name(object))
          && Json.text(other, "spec", "group").equals(Json.text(object, "spec", "group"))) {
        JsonNode taken = other.path("status").path("acceptedNames");
        RESOURCES.forEach(field -> resources.add(Json.text(taken, field)));
        taken.path("shortNames").forEach(name -> resources.add(name.asText()));
        KINDS.forEach(field -> kinds.add(Json.text(taken, field)));
      }
    }
    JsonNode wanted = object.path("spec").path("names");
    ObjectNode accepted = Json.child(Json.child(object, "status"), "acceptedNames");
    List<String[]> conflicts = new ArrayList<>();
    for (String field : RESOURCES) {
      accept(wanted, accepted, field, resources, conflicts);
    }
    List<String> shorts = new ArrayList<>();
    for (JsonNode name : wanted.path("shortNames")) {
      if (resources.contains(name.asText())) {
        shorts.add(inUse(name.asText()));
      }
    }
    if (shorts.isEmpty()) {
      copy(wanted, accepted, "shortNames");
    } else {
      conflicts.add(
          new String[] {
            "ShortNamesConflict",
            shorts.size() == 1 ? shorts.getFirst() : "[" + String.join(", ", shorts) + "]"
          });
    }
    for (String field : KINDS) {
      accept(wanted, accepted, field, kinds, conflicts);
    }
    copy(wanted, accepted, "categories");
    conditions(object, conflicts);
  }

  private static void conditions(ObjectNode object, List<String[]> conflicts) {
    if (conflicts.isEmpty()) {
      Definitions.condition(object, "NamesAccepted", true, "NoConflicts", "no conflicts found");
      Definitions.condition(
          object,
          "Established",
          true,
          "InitialNamesAccepted",
          "the initial names have been accepted");
      return;
    }
    String[] last = conflicts.getLast();
    Definitions.condition(object, "NamesAccepted", false, last[0], last[1]);
    if (!Definitions.holds(object, "Established")) {
      Definitions.condition(
          object, "Established", false, "NotAccepted", "not all names are accepted");
    }
  }

  private static void accept(
      JsonNode wanted,
      ObjectNode accepted,
      String field,
      Set<String> taken,
      List<String[]> conflicts) {
    String name = Json.text(wanted, field);
    if (taken.contains(name) && !name.equals(Json.text(accepted, field))) {
      conflicts.add(
          new String[] {
            Character.toUpperCase(field.charAt(0)) + field.substring(1) + "Conflict", inUse(name)
          });
    } else {
      accepted.put(field, name);
    }
  }

  private static void copy(JsonNode wanted, ObjectNode accepted, String field) {
    if (wanted.path(field).isEmpty()) {
      accepted.remove(field);
    } else {
      accepted.set(field, wanted.get(field).deepCopy());
    }
  }

  private static String inUse(String name) {
    return "\"" + name + "\" is already in use";
  }
}
