package theater.laptop.api.auth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import theater.laptop.api.json.Json;

/// The ClusterRoles that every cluster has: `cluster-admin`, `admin`, `edit` and `view`
/// (Kubernetes: user-facing roles; their rules are not aggregated here).
public final class BootstrapRoles {
  private static final String READ = "get list watch";
  private static final String WRITE = "create delete deletecollection patch update";

  /// role | groups | resources | verbs. A group `-` is the core group.
  private static final String RULES =
      """
      view|-|configmaps endpoints events limitranges namespaces persistentvolumeclaims pods pods/log pods/status replicationcontrollers resourcequotas serviceaccounts services services/status|READ
      view|apps|daemonsets deployments deployments/scale deployments/status replicasets replicasets/scale statefulsets statefulsets/scale controllerrevisions|READ
      view|autoscaling batch discovery.k8s.io networking.k8s.io policy metrics.k8s.io|*|READ
      edit|-|configmaps endpoints events persistentvolumeclaims pods pods/attach pods/exec pods/portforward replicationcontrollers secrets serviceaccounts services|WRITE
      edit|-|secrets|READ
      edit|-|pods/attach pods/exec pods/portforward|get
      edit|-|pods/eviction serviceaccounts/token|create
      edit|-|serviceaccounts|impersonate
      edit|apps|daemonsets deployments deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale|WRITE
      edit|autoscaling batch networking.k8s.io policy|*|WRITE
      admin|rbac.authorization.k8s.io|roles rolebindings|READ
      admin|rbac.authorization.k8s.io|roles rolebindings|WRITE
      """;

  private static final Map<String, List<String>> PARTS =
      Map.of(
          "view", List.of("view"),
          "edit", List.of("view", "edit"),
          "admin", List.of("view", "edit", "admin"));

  private BootstrapRoles() {}

  /// Objects as they would be posted.
  public static List<ObjectNode> all() {
    ObjectNode all = role("cluster-admin");
    ArrayNode rules = all.putArray("rules");
    rules.add(rule("*", "*", "*"));
    ObjectNode paths = rules.addObject();
    paths.putArray("verbs").add("*");
    paths.putArray("nonResourceURLs").add("*");
    return List.of(all, of("admin"), of("edit"), of("view"));
  }

  private static ObjectNode of(String name) {
    ObjectNode role = role(name);
    ArrayNode rules = role.putArray("rules");
    RULES
        .lines()
        .map(line -> line.split("\\|"))
        .filter(cells -> PARTS.get(name).contains(cells[0]))
        .forEach(cells -> rules.add(rule(cells[1], cells[2], cells[3])));
    return role;
  }

  private static ObjectNode role(String name) {
    ObjectNode role =
        Json.object().put("apiVersion", "rbac.authorization.k8s.io/v1").put("kind", "ClusterRole");
    role.putObject("metadata")
        .put("name", name)
        .putObject("labels")
        .put("kubernetes.io/bootstrapping", "rbac-defaults");
    return role;
  }

  private static ObjectNode rule(String groups, String resources, String verbs) {
    ObjectNode rule = Json.object();
    for (String group : groups.split(" ")) {
      rule.withArray("apiGroups").add(group.equals("-") ? "" : group);
    }
    List.of(resources.split(" ")).forEach(rule.putArray("resources")::add);
    String words = verbs.equals("READ") ? READ : verbs.equals("WRITE") ? WRITE : verbs;
    List.of(words.split(" ")).forEach(rule.putArray("verbs")::add);
    return rule;
  }
}
