package theater.laptop.api.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.kind.Kinds;

/// CustomResourceDefinitions of the custom kinds that every server here has, Istio's and the
/// Gateway API's, so that `kubectl get crd` shows them. Their fields are in the build's schemas,
/// not here.
public final class BuiltInDefinitions {
  private BuiltInDefinitions() {}

  /// Objects as they would be posted.
  public static List<ObjectNode> all() {
    return Kinds.ALL.stream().filter(Kind::isCustom).map(BuiltInDefinitions::of).toList();
  }

  private static ObjectNode of(Kind kind) {
    ObjectNode object =
        Json.object()
            .put("apiVersion", "apiextensions.k8s.io/v1")
            .put("kind", "CustomResourceDefinition");
    ObjectNode metadata = Json.metadata(object).put("name", kind.resource());
    if (kind.group().endsWith(".k8s.io")) {
      metadata.putObject("annotations").put(DefinitionCheck.APPROVED, "built into this server");
    }
    ObjectNode spec = object.putObject("spec").put("group", kind.group());
    spec.put("scope", kind.namespaced() ? "Namespaced" : "Cluster");
    ObjectNode names =
        spec.putObject("names").put("kind", kind.kind()).put("plural", kind.plural());
    names.put("singular", kind.singular()).put("listKind", kind.listKind());
    if (!kind.shortNames().isEmpty()) {
      kind.shortNames().forEach(names.putArray("shortNames")::add);
    }
    if (!kind.categories().isEmpty()) {
      kind.categories().forEach(names.putArray("categories")::add);
    }
    for (String version : kind.versions()) {
      ObjectNode entry = spec.withArray("versions").addObject().put("name", version);
      entry.put("served", true).put("storage", version.equals(kind.versions().getFirst()));
      entry
          .putObject("schema")
          .putObject("openAPIV3Schema")
          .put("type", "object")
          .put(
              "description",
              "Built into this server. Its fields: kubectl explain "
                  + kind.plural()
                  + "."
                  + kind.group())
          .put("x-kubernetes-preserve-unknown-fields", true);
      if (kind.has("status")) {
        entry.putObject("subresources").putObject("status");
      }
    }
    return object;
  }
}
