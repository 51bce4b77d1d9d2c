package theater.mesh.translation.rule;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Comparator;
import java.util.List;
import theater.mesh.translation.names.HostName;
import theater.mesh.translation.spec.Problems;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.ConfigObject;
import theater.mesh.view.MeshSettings;

/// An Istio object with its spec as a cursor.
public record Rule(ConfigObject object, SpecNode spec) {
  /// The older first, then by name, then by namespace.
  public static final Comparator<Rule> BY_AGE =
      Comparator.comparing((Rule rule) -> rule.object.created())
          .thenComparing(rule -> rule.object.name())
          .thenComparing(rule -> rule.object.namespace());

  /// The annotation of rules that are made from objects of the Gateway API: which one.
  public static final String GATEWAY_API = "internal.theater.dev/gateway-api";

  /// The field of an HTTP route made from the Gateway API that says which place it was made from.
  public static final String ORIGIN = "origin";

  private static final String ISTIO_GROUPS =
      "networking.istio.io/|security.istio.io/|telemetry.istio.io/";

  /// All objects of a kind, oldest first. v1, v1beta1 and v1alpha3 mean the same.
  public static List<Rule> ofKind(List<ConfigObject> configs, String kind, Problems problems) {
    return configs.stream()
        .filter(config -> config.kind().equals(kind) && istio(config.apiVersion()))
        .map(config -> of(config, problems))
        .sorted(BY_AGE)
        .toList();
  }

  /// One object.
  public static Rule of(ConfigObject config, Problems problems) {
    String name =
        config
            .annotations()
            .getOrDefault(
                GATEWAY_API, config.kind() + " " + config.namespace() + "/" + config.name());
    return new Rule(
        config,
        new SpecNode(
            config.spec() == null ? MissingNode.getInstance() : config.spec(),
            name,
            "spec",
            problems));
  }

  /// Whether the group is one of Istio's.
  public static boolean istio(String apiVersion) {
    for (String group : ISTIO_GROUPS.split("\\|")) {
      if (apiVersion.startsWith(group)) {
        return true;
      }
    }
    return false;
  }

  /// Whether a person wrote it as a route of the Gateway API: its prefixes are whole path elements,
  /// and a missing destination is 500.
  public boolean ofGatewayApi() {
    return object.annotations().containsKey(GATEWAY_API);
  }

  /// The object's namespace.
  public String namespace() {
    return object.namespace();
  }

  /// Whether a proxy in this namespace may see it (`exportTo`: absent or `*` everybody, `.` its own
  /// namespace, `~` nobody).
  public boolean visibleIn(String namespace) {
    List<String> exportTo = spec.at("exportTo").textItems();
    if (exportTo.contains("~") && !exportTo.contains("*")) {
      return false;
    }
    return exportTo.isEmpty()
        || exportTo.contains("*")
        || exportTo.contains(namespace)
        || exportTo.contains(".") && namespace.equals(namespace());
  }

  /// A host that this object wrote, in full. The Gateway API has no short names.
  public String resolve(String host, MeshSettings mesh) {
    return ofGatewayApi() ? host : HostName.resolve(host, namespace(), mesh);
  }
}
