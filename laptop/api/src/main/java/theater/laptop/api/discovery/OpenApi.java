package theater.laptop.api.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.kind.ServedKinds;
import theater.laptop.schemas.ObjectSchema;
import theater.laptop.schemas.Schemas;
import theater.laptop.schemas.Type;

/// OpenAPI v3 as far as kubectl reads it: that PATCH of a kind knows `fieldValidation`, so that the
/// server checks fields; and the fields of each kind, for `kubectl explain`. The models that the
/// schemas come from have no descriptions, so these are empty.
public record OpenApi(Schemas schemas, ServedKinds kinds) {

  /// `/openapi/v3`
  public ObjectNode index() {
    ObjectNode paths = Json.object();
    for (String group : kinds.groups()) {
      for (String version : kinds.versions(group)) {
        String path = group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
        paths
            .putObject(path)
            .put("serverRelativeURL", "/openapi/v3/" + path + "?hash=" + hash(group, version));
      }
    }
    ObjectNode index = Json.object();
    index.set("paths", paths);
    return index;
  }

  /// `/openapi/v2` in JSON: the same fields under their old names.
  public byte[] old() {
    ObjectNode document = Json.object().put("swagger", "2.0");
    document.putObject("info").put("title", "Kubernetes").put("version", "v1.35.2");
    ObjectNode paths = document.putObject("paths");
    ObjectNode definitions = document.putObject("definitions");
    for (String group : kinds.groups()) {
      for (String version : kinds.versions(group)) {
        ObjectNode part = document(group, version);
        paths.setAll((ObjectNode) part.get("paths"));
        definitions.setAll((ObjectNode) part.path("components").get("schemas"));
      }
    }
    return new String(Json.bytes(document), StandardCharsets.UTF_8)
        .replace("\"#/components/schemas/", "\"#/definitions/")
        .getBytes(StandardCharsets.UTF_8);
  }

  /// Changes with what the document says.
  private String hash(String group, String version) {
    StringBuilder revisions = new StringBuilder(schemas.fingerprint());
    kinds.in(group, version).stream()
        .filter(Kind::learned)
        .forEach(kind -> revisions.append('-').append(kind.custom().definition().revision()));
    return revisions.toString();
  }

  /// `/openapi/v3/apis/GROUP/VERSION`; null when it is not served
  public ObjectNode document(String group, String version) {
    if (kinds.in(group, version).isEmpty()) {
      return null;
    }
    ObjectNode document = Json.object().put("openapi", "3.0.0");
    document.putObject("info").put("title", "Kubernetes").put("version", "v1.35.2");
    ObjectNode paths = document.putObject("paths");
    for (Kind kind : kinds.in(group, version)) {
      String root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
      ObjectNode patch =
          paths
              .putObject(
                  root
                      + (kind.namespaced() ? "/namespaces/{namespace}/" : "/")
                      + kind.plural()
                      + "/{name}")
              .putObject("patch");
      patch.put("x-kubernetes-action", "patch");
      patch
          .putObject("x-kubernetes-group-version-kind")
          .put("group", group)
          .put("version", version)
          .put("kind", kind.kind());
      for (String name : new String[] {"dryRun", "fieldManager", "fieldValidation"}) {
        patch
            .withArray("parameters")
            .addObject()
            .put("name", name)
            .put("in", "query")
            .putObject("schema")
            .put("type", "string")
            .put("uniqueItems", true);
      }
      patch.putObject("responses").putObject("200").put("description", "OK");
    }
    ObjectNode components = document.putObject("components").putObject("schemas");
    for (Kind kind : kinds.in(group, version)) {
      if (kind.learned()) {
        learned(kind, version, components);
      }
      schemas
          .kind(kind.apiVersion(version), kind.kind())
          .ifPresent(schema -> kind(kind, version, schema, components));
    }
    return document;
  }

  /// The schema of a definition, with what every object has.
  private void learned(Kind kind, String version, ObjectNode components) {
    ObjectNode entry = kind.custom().schema().deepCopy();
    ObjectNode properties = Json.child(entry, "properties");
    properties.set("apiVersion", Json.object().put("type", "string"));
    properties.set("kind", Json.object().put("type", "string"));
    properties.set("metadata", type(new Type.Ref("ObjectMeta"), components));
    named(kind, version, entry, components);
  }

  /// A kind's own entry: versions may share a schema, but each has its name.
  private void kind(Kind kind, String version, ObjectSchema schema, ObjectNode components) {
    named(kind, version, fields(schema, components), components);
  }

  private static void named(Kind kind, String version, ObjectNode entry, ObjectNode components) {
    entry
        .putArray("x-kubernetes-group-version-kind")
        .addObject()
        .put("group", kind.group())
        .put("version", version)
        .put("kind", kind.kind());
    components.set(kind.apiVersion(version).replace('/', '.') + "." + kind.kind(), entry);
  }

  private ObjectNode fields(ObjectSchema schema, ObjectNode components) {
    ObjectNode entry = Json.object().put("type", "object");
    ObjectNode properties = entry.putObject("properties");
    schema.fields().forEach((name, type) -> properties.set(name, type(type, components)));
    if (!schema.required().isEmpty()) {
      schema.required().forEach(entry.putArray("required")::add);
    }
    return entry;
  }

  private ObjectNode type(Type type, ObjectNode components) {
    return switch (type) {
      case Type.Ref ref -> {
        if (!components.has(ref.name())) {
          components.set(ref.name(), Json.object());
          components.set(ref.name(), fields(schemas.object(ref.name()), components));
        }
        ObjectNode reference = Json.object();
        reference.putArray("allOf").addObject().put("$ref", "#/components/schemas/" + ref.name());
        yield reference;
      }
      case Type.ListOf list -> {
        ObjectNode array = Json.object().put("type", "array");
        array.set("items", type(list.item(), components));
        yield array;
      }
      case Type.MapOf map -> {
        ObjectNode object = Json.object().put("type", "object");
        object.set("additionalProperties", type(map.value(), components));
        yield object;
      }
      case Type.OneOf choice -> {
        ObjectNode text = Json.object().put("type", "string");
        choice.values().forEach(text.putArray("enum")::add);
        yield text;
      }
      case Type.Scalar scalar -> scalar(scalar);
    };
  }

  private static ObjectNode scalar(Type.Scalar scalar) {
    ObjectNode schema = Json.object();
    return switch (scalar) {
      case STRING, DURATION, QUANTITY -> schema.put("type", "string");
      case BYTES -> schema.put("type", "string").put("format", "byte");
      case INT32, INT64 -> schema.put("type", "integer").put("format", scalar.toString());
      case NUMBER -> schema.put("type", "number");
      case BOOL -> schema.put("type", "boolean");
      case INT_OR_STRING -> schema.put("type", "string").put("format", "int-or-string");
      case ANY -> schema.put("type", "object");
    };
  }
}
