package theater.laptop.api.custom;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import theater.laptop.api.json.Json;

/// What a CustomResourceDefinition defines. Immutable.
///
/// @param name of the CustomResourceDefinition, `crontabs.stable.example.com`
/// @param names those that were accepted
/// @param storage name of the version in which objects are kept
/// @param terminating whether it is being deleted: nothing new may be made
/// @param revision changes whenever the definition does
public record CustomDefinition(
    String name,
    String group,
    Names names,
    boolean namespaced,
    String storage,
    boolean terminating,
    String revision) {

  /// apiextensions.k8s.io CustomResourceDefinitionNames.
  public record Names(
      String plural,
      String singular,
      String kind,
      String listKind,
      List<String> shortNames,
      List<String> categories) {

    static Names of(JsonNode names) {
      return new Names(
          Json.text(names, "plural"),
          Json.text(names, "singular"),
          Json.text(names, "kind"),
          Json.text(names, "listKind"),
          texts(names.path("shortNames")),
          texts(names.path("categories")));
    }

    private static List<String> texts(JsonNode array) {
      List<String> texts = new ArrayList<>();
      array.forEach(text -> texts.add(text.asText()));
      return List.copyOf(texts);
    }
  }

  /// The served versions of a stored CustomResourceDefinition, preferred first.
  public static List<CustomVersion> versions(JsonNode object) {
    JsonNode spec = object.path("spec");
    String storage = "";
    for (JsonNode version : spec.path("versions")) {
      storage = version.path("storage").asBoolean() ? Json.text(version, "name") : storage;
    }
    CustomDefinition definition =
        new CustomDefinition(
            Json.name(object),
            Json.text(spec, "group"),
            Names.of(object.path("status").path("acceptedNames")),
            Json.text(spec, "scope").equals("Namespaced"),
            storage,
            object.path("metadata").has("deletionTimestamp"),
            Json.text(object, "metadata", "uid")
                + "-"
                + Json.text(object, "metadata", "generation"));
    List<CustomVersion> versions = new ArrayList<>();
    for (JsonNode version : spec.path("versions")) {
      if (version.path("served").asBoolean()) {
        versions.add(CustomVersion.of(definition, version));
      }
    }
    return versions;
  }
}
