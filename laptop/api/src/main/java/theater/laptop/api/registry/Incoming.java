package theater.laptop.api.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.schema.FieldDecoder;
import theater.laptop.api.status.StatusException;

/// What a client sent, checked against the path that it was sent to.
record Incoming(FieldDecoder decoder) {

  /// A copy with known fields only, in the namespace of the path. @throws StatusException 400
  ObjectNode decoded(
      Kind kind, String version, String namespace, ObjectNode body, WriteOptions options) {
    ObjectNode object = body.deepCopy();
    String apiVersion = Json.text(object, "apiVersion");
    String given = Json.text(object, "kind");
    if (!apiVersion.isEmpty() && !apiVersion.equals(kind.apiVersion(version))
        || !given.isEmpty() && !given.equals(kind.kind())) {
      throw StatusException.badRequest(
          given
              + " in version \""
              + apiVersion
              + "\" cannot be handled as a "
              + kind.kind()
              + ": the path is for "
              + kind.kind()
              + " in version \""
              + kind.apiVersion(version)
              + "\"");
    }
    decoder.decode(kind, version, object, options.strictness()).forEach(options.warnings());
    Versions.in(kind, version, object);
    ObjectNode metadata = Json.metadata(object);
    if (kind.namespaced()) {
      String own = Json.text(metadata, "namespace");
      if (!own.isEmpty() && !own.equals(namespace)) {
        throw StatusException.badRequest(
            "the namespace of the provided object does not match the namespace sent on the request");
      }
      metadata.put("namespace", namespace);
    } else {
      metadata.remove("namespace");
    }
    return object;
  }

  static void sameName(ObjectNode object, String name) {
    if (!name.equals(Json.name(object))) {
      throw StatusException.badRequest(
          "the name of the object ("
              + Json.name(object)
              + ") does not match the name on the URL ("
              + name
              + ")");
    }
  }
}
