package theater.laptop.api.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.kind.ServedKinds;

/// The discovery documents, the old ones and the aggregated one (apidiscovery.k8s.io/v2).
public record Discovery(ServedKinds kinds) {
  /// Media type of the aggregated documents, to the letter as clients compare it.
  public static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
  private static final List<String> PART_VERBS = List.of("get", "patch", "update");

  /// `/api` or `/apis` in the aggregated form.
  public ObjectNode aggregated(boolean core) {
    ObjectNode list =
        Json.object()
            .put("kind", "APIGroupDiscoveryList")
            .put("apiVersion", "apidiscovery.k8s.io/v2");
    list.putObject("metadata");
    ArrayNode items = list.putArray("items");
    for (String group : kinds.groups()) {
      if (group.isEmpty() == core) {
        ObjectNode item = items.addObject();
        item.putObject("metadata").put("name", group).putNull("creationTimestamp");
        ArrayNode versions = item.putArray("versions");
        for (String version : kinds.versions(group)) {
          ObjectNode entry = versions.addObject().put("version", version);
          ArrayNode resources = entry.putArray("resources");
          kinds
              .in(group, version)
              .forEach(kind -> aggregated(kind, version, resources.addObject()));
          entry.put("freshness", "Current");
        }
      }
    }
    return list;
  }

  private static void aggregated(Kind kind, String version, ObjectNode resource) {
    resource.put("resource", kind.plural());
    responseKind(resource, kind.group(), version, kind.kind());
    resource
        .put("scope", kind.namespaced() ? "Namespaced" : "Cluster")
        .put("singularResource", kind.singular());
    texts(resource.putArray("verbs"), verbs(kind));
    if (!kind.shortNames().isEmpty()) {
      texts(resource.putArray("shortNames"), kind.shortNames());
    }
    if (!kind.categories().isEmpty()) {
      texts(resource.putArray("categories"), kind.categories());
    }
    List<Part> parts = parts(kind, version);
    if (!parts.isEmpty()) {
      ArrayNode array = resource.putArray("subresources");
      for (Part part : parts) {
        ObjectNode entry = array.addObject().put("subresource", part.name);
        responseKind(entry, part.group, part.version, part.kind);
        texts(entry.putArray("verbs"), part.verbs);
      }
    }
  }

  private static void responseKind(ObjectNode node, String group, String version, String kind) {
    node.putObject("responseKind").put("group", group).put("version", version).put("kind", kind);
  }

  private record Part(String name, String group, String version, String kind, List<String> verbs) {}

  private static List<Part> parts(Kind kind, String version) {
    List<Part> parts = new java.util.ArrayList<>();
    if (kind.has("status")) {
      parts.add(new Part("status", kind.group(), version, kind.kind(), PART_VERBS));
    }
    if (kind.has("scale")) {
      parts.add(new Part("scale", "autoscaling", "v1", "Scale", PART_VERBS));
    }
    switch (kind.resource()) {
      case "pods" -> {
        parts.add(new Part("log", "", "v1", "Pod", List.of("get")));
        parts.add(new Part("attach", "", "v1", "PodAttachOptions", List.of("create", "get")));
        parts.add(new Part("exec", "", "v1", "PodExecOptions", List.of("create", "get")));
        parts.add(
            new Part("portforward", "", "v1", "PodPortForwardOptions", List.of("create", "get")));
        parts.add(new Part("binding", "", "v1", "Binding", List.of("create")));
        parts.add(new Part("eviction", "policy", "v1", "Eviction", List.of("create")));
      }
      case "namespaces" ->
          parts.add(new Part("finalize", "", "v1", "Namespace", List.of("update")));
      case "serviceaccounts" ->
          parts.add(
              new Part("token", "authentication.k8s.io", "v1", "TokenRequest", List.of("create")));
      default -> {}
    }
    return parts;
  }

  private static List<String> verbs(Kind kind) {
    if (kind.has("measured")) {
      return List.of("get", "list");
    }
    if (kind.learned() && kind.custom().definition().terminating()) {
      return VERBS.stream().filter(verb -> !verb.equals("create")).toList();
    }
    return kind.has("virtual") ? List.of("create") : VERBS;
  }

  /// `/api`
  public static ObjectNode coreVersions() {
    ObjectNode versions = Json.object().put("kind", "APIVersions");
    versions.putArray("versions").add("v1");
    versions.putArray("serverAddressByClientCIDRs");
    return versions;
  }

  /// `/apis`
  public ObjectNode groups() {
    ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = list.putArray("groups");
    kinds.groups().stream()
        .filter(group -> !group.isEmpty())
        .forEach(group -> groups.add(group(group)));
    return list;
  }

  /// `/apis/GROUP`; null for a group that is not served
  public ObjectNode group(String group) {
    List<String> versions = kinds.versions(group);
    if (versions.isEmpty() || group.isEmpty()) {
      return null;
    }
    ObjectNode node =
        Json.object().put("kind", "APIGroup").put("apiVersion", "v1").put("name", group);
    ArrayNode array = node.putArray("versions");
    versions.forEach(version ->
        array.addObject().put("groupVersion", group + "/" + version).put("version", version));
    node.putObject("preferredVersion")
        .put("groupVersion", group + "/" + versions.getFirst())
        .put("version", versions.getFirst());
    return node;
  }

  /// `/api/v1`, `/apis/GROUP/VERSION`; null when it is not served
  public ObjectNode resources(String group, String version) {
    List<Kind> served = kinds.in(group, version);
    if (served.isEmpty()) {
      return null;
    }
    ObjectNode list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
    list.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
    ArrayNode resources = list.putArray("resources");
    for (Kind kind : served) {
      ObjectNode resource =
          resources.addObject().put("name", kind.plural()).put("singularName", kind.singular());
      resource.put("namespaced", kind.namespaced()).put("kind", kind.kind());
      texts(resource.putArray("verbs"), verbs(kind));
      if (!kind.shortNames().isEmpty()) {
        texts(resource.putArray("shortNames"), kind.shortNames());
      }
      if (!kind.categories().isEmpty()) {
        texts(resource.putArray("categories"), kind.categories());
      }
      for (Part part : parts(kind, version)) {
        ObjectNode entry =
            resources
                .addObject()
                .put("name", kind.plural() + "/" + part.name)
                .put("singularName", "");
        entry
            .put("namespaced", kind.namespaced())
            .put("group", part.group)
            .put("version", part.version)
            .put("kind", part.kind);
        texts(entry.putArray("verbs"), part.verbs);
      }
    }
    return list;
  }

  private static void texts(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }
}
