package theater.laptop.api.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.kind.Kinds;

/// The little of OpenAPI v3 that kubectl needs: that PATCH of a kind knows `fieldValidation`, so
/// that the server checks fields.
public final class OpenApi {
  private OpenApi() {}

  /// `/openapi/v3`
  public static ObjectNode index() {
    ObjectNode paths = Json.object();
    for (String group : Kinds.groups()) {
      for (String version : Kinds.versions(group)) {
        String path = group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
        paths.putObject(path).put("serverRelativeURL", "/openapi/v3/" + path + "?hash=theater1");
      }
    }
    ObjectNode index = Json.object();
    index.set("paths", paths);
    return index;
  }

  /// `/openapi/v3/apis/GROUP/VERSION`; null when it is not served
  public static ObjectNode document(String group, String version) {
    if (Kinds.in(group, version).isEmpty()) {
      return null;
    }
    ObjectNode document = Json.object().put("openapi", "3.0.0");
    document.putObject("info").put("title", "Kubernetes").put("version", "v1.35.2");
    ObjectNode paths = document.putObject("paths");
    for (Kind kind : Kinds.in(group, version)) {
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
    document.putObject("components").putObject("schemas");
    return document;
  }
}
