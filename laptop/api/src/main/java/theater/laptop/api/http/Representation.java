package theater.laptop.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import theater.laptop.api.json.Json;

/// How a client wants objects: as they are, as rows of a table that the server made, or only their
/// metadata. The first kind of JSON that the header `Accept` names counts.
enum Representation {
  OBJECT(""),
  TABLE(";as=Table;v=v1;g=meta.k8s.io"),
  METADATA(";as=PartialObjectMetadata;v=v1;g=meta.k8s.io");

  private static final String GROUP = "meta.k8s.io";
  private final String parameters;

  Representation(String parameters) {
    this.parameters = parameters;
  }

  static Representation of(Exchange exchange) {
    for (String clause : exchange.header("Accept").split(",")) {
      String type = clause.split(";")[0].strip().toLowerCase(Locale.ROOT);
      if (!type.equals("application/json") && !type.contains("*")) {
        continue;
      }
      String as = parameter(clause, "as");
      boolean known = parameter(clause, "g").equals(GROUP) && parameter(clause, "v").equals("v1");
      if (as.isEmpty()) {
        return OBJECT;
      } else if (known && as.equals("Table")) {
        return TABLE;
      } else if (known && as.startsWith("PartialObjectMetadata")) {
        return METADATA;
      }
    }
    return OBJECT;
  }

  /// Of a watch's events.
  String contentType() {
    return "application/json" + parameters;
  }

  /// What is left of an object: `kind: PartialObjectMetadata`.
  static ObjectNode metadata(ObjectNode object) {
    ObjectNode partial =
        Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", GROUP + "/v1");
    partial.set("metadata", object.path("metadata"));
    return partial;
  }

  /// The empty list of [#metadata].
  static ObjectNode metadataList() {
    return Json.object().put("kind", "PartialObjectMetadataList").put("apiVersion", GROUP + "/v1");
  }

  private static String parameter(String clause, String name) {
    for (String part : clause.split(";")) {
      if (part.strip().startsWith(name + "=")) {
        return part.strip().substring(name.length() + 1);
      }
    }
    return "";
  }
}
