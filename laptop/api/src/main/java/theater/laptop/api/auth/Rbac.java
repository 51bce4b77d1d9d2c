package theater.laptop.api.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import theater.laptop.api.json.Json;
import theater.laptop.api.store.ObjectKey;
import theater.laptop.api.store.ObjectStore;

/// Roles and their bindings. Kubernetes: "Using RBAC Authorization". Every signed-in user may read
/// the discovery paths.
public record Rbac(ObjectStore store) {
  private static final String GROUP = ".rbac.authorization.k8s.io";
  private static final List<String> OPEN =
      List.of("/api", "/apis", "/openapi", "/version", "/healthz", "/livez", "/readyz");

  /// Whether the user may.
  public boolean allowed(User user, Attributes wanted) {
    if (user.master()) {
      return true;
    }
    if (wanted.resource().isEmpty()
        && OPEN.stream()
            .anyMatch(path -> wanted.path().equals(path) || wanted.path().startsWith(path + "/"))) {
      return true;
    }
    if (wanted.resource().startsWith("self")
        && (wanted.group().equals("authorization.k8s.io")
            || wanted.group().equals("authentication.k8s.io"))) {
      return true;
    }
    return rules(user, wanted.namespace()).stream().anyMatch(rule -> covers(rule, wanted));
  }

  /// All rules that hold for a user in a namespace (empty: cluster-wide ones only).
  public List<JsonNode> rules(User user, String namespace) {
    List<JsonNode> rules = new ArrayList<>();
    for (ObjectNode binding : store.list("clusterrolebindings" + GROUP, null).items()) {
      add(binding, user, "", rules);
    }
    if (!namespace.isEmpty()) {
      for (ObjectNode binding : store.list("rolebindings" + GROUP, namespace).items()) {
        add(binding, user, namespace, rules);
      }
    }
    return rules;
  }

  private void add(ObjectNode binding, User user, String namespace, List<JsonNode> rules) {
    for (JsonNode subject : binding.path("subjects")) {
      if (means(subject, user, namespace)) {
        boolean local = Json.text(binding, "roleRef", "kind").equals("Role");
        String name = Json.text(binding, "roleRef", "name");
        ObjectNode role =
            store.get(
                new ObjectKey(
                    (local ? "roles" : "clusterroles") + GROUP, local ? namespace : "", name));
        if (role != null) {
          role.path("rules").forEach(rules::add);
        }
        return;
      }
    }
  }

  private static boolean means(JsonNode subject, User user, String namespace) {
    String name = Json.text(subject, "name");
    return switch (Json.text(subject, "kind")) {
      case "User" -> user.name().equals(name);
      case "Group" -> user.groups().contains(name);
      case "ServiceAccount" -> {
        String of = Json.text(subject, "namespace");
        yield user.name()
            .equals("system:serviceaccount:" + (of.isEmpty() ? namespace : of) + ":" + name);
      }
      default -> false;
    };
  }

  private static boolean covers(JsonNode rule, Attributes wanted) {
    if (!has(rule.path("verbs"), wanted.verb())) {
      return false;
    }
    if (wanted.resource().isEmpty()) {
      for (JsonNode path : rule.path("nonResourceURLs")) {
        String text = path.asText();
        if (text.equals(wanted.path())
            || text.endsWith("*")
                && wanted.path().startsWith(text.substring(0, text.length() - 1))) {
          return true;
        }
      }
      return false;
    }
    int slash = wanted.resource().indexOf('/');
    boolean resource =
        has(rule.path("resources"), wanted.resource())
            || slash >= 0 && has(rule.path("resources"), "*" + wanted.resource().substring(slash));
    boolean name =
        rule.path("resourceNames").isEmpty() || has(rule.path("resourceNames"), wanted.name());
    return has(rule.path("apiGroups"), wanted.group()) && resource && name;
  }

  private static boolean has(JsonNode list, String wanted) {
    for (JsonNode item : list) {
      if (item.asText().equals(wanted) || item.asText().equals("*")) {
        return true;
      }
    }
    return false;
  }
}
