package theater.laptop.api.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import theater.laptop.api.json.Json;

/// One served version of a CustomResourceDefinition. Immutable.
///
/// @param warning what each request is told because the version is deprecated; empty for nothing
/// @param schema its structural schema (OpenAPI v3); not to be changed
/// @param status whether it has the subresource `status`
/// @param scale its subresource `scale`, or null
/// @param columns additionalPrinterColumns
/// @param selectable fields that a field selector may name, `spec.color`
/// @param defaults whether the schema has any
public record CustomVersion(
    CustomDefinition definition,
    String name,
    String warning,
    ObjectNode schema,
    boolean status,
    Scale scale,
    List<Column> columns,
    List<String> selectable,
    boolean defaults) {

  /// Where an object has what autoscaling/v1 Scale tells, `.spec.replicas`.
  ///
  /// @param selector empty for none
  public record Scale(String specReplicas, String statusReplicas, String selector) {}

  /// @param type `string`, `integer`, `number`, `boolean`, `date`
  /// @param wide whether only `-o wide` shows it
  public record Column(
      String name, String type, String format, String description, boolean wide, String path) {}

  /// Takes unknown fields out of an object, in place. @return their paths, sorted
  public List<String> prune(ObjectNode object) {
    List<String> unknown = new ArrayList<>();
    Pruning.prune(object, schema, unknown);
    Collections.sort(unknown);
    return unknown;
  }

  /// Puts defaults into an object, in place.
  public void fill(ObjectNode object) {
    Defaulting.apply(object, schema);
  }

  /// The stored object with the defaults of today; itself where nothing changes.
  public ObjectNode filled(ObjectNode object) {
    if (!defaults) {
      return object;
    }
    ObjectNode copy = object.deepCopy();
    fill(copy);
    return copy.equals(object) ? object : copy;
  }

  static CustomVersion of(CustomDefinition definition, JsonNode version) {
    JsonNode parts = version.path("subresources");
    JsonNode scale = parts.path("scale");
    List<Column> columns = new ArrayList<>();
    for (JsonNode column : version.path("additionalPrinterColumns")) {
      columns.add(
          new Column(
              Json.text(column, "name"),
              Json.text(column, "type"),
              Json.text(column, "format"),
              Json.text(column, "description"),
              column.path("priority").asInt() > 0,
              Json.text(column, "jsonPath")));
    }
    List<String> selectable = new ArrayList<>();
    version
        .path("selectableFields")
        .forEach(field -> selectable.add(Json.text(field, "jsonPath").replaceFirst("^\\.", "")));
    String name = Json.text(version, "name");
    ObjectNode schema =
        version.path("schema").path("openAPIV3Schema") instanceof ObjectNode given
            ? given
            : Json.object();
    return new CustomVersion(
        definition,
        name,
        warning(definition, version, name),
        schema,
        parts.has("status"),
        scale.isObject()
            ? new Scale(
                Json.text(scale, "specReplicasPath"),
                Json.text(scale, "statusReplicasPath"),
                Json.text(scale, "labelSelectorPath"))
            : null,
        List.copyOf(columns),
        List.copyOf(selectable),
        Defaulting.any(schema));
  }

  private static String warning(CustomDefinition definition, JsonNode version, String name) {
    if (!version.path("deprecated").asBoolean()) {
      return "";
    }
    String own = Json.text(version, "deprecationWarning");
    return own.isEmpty()
        ? definition.group() + "/" + name + " " + definition.names().kind() + " is deprecated"
        : own;
  }
}
