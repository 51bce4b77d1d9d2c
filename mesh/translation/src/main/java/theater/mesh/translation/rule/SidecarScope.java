package theater.mesh.translation.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import theater.mesh.translation.Sight;
import theater.mesh.translation.memo.Unit;
import theater.mesh.translation.names.HostName;
import theater.mesh.translation.spec.ModelledFields;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.MeshSettings;

/// What a sidecar imports. Istio: Sidecar; the one that selects the pod, else its namespace's, else
/// the root namespace's. Without any, everything.
public final class SidecarScope {
  private final MeshSettings mesh;
  private final String namespace;
  private final Optional<Rule> rule;
  private final List<String> hosts = new ArrayList<>();
  private final Set<String> routed = new TreeSet<>();

  /// What one proxy imports.
  public record Of() implements Unit<SidecarScope> {
    @Override
    public SidecarScope make(Sight sight) {
      return new SidecarScope(sight);
    }
  }

  /// For one proxy; gateways import everything.
  private SidecarScope(Sight sight) {
    mesh = sight.mesh();
    List<Rule> sidecars = sight.rules("Sidecar");
    boolean some = !sidecars.isEmpty() && sight.sidecar();
    namespace = some ? sight.namespace() : "";
    rule = some ? find(sidecars, sight) : Optional.empty();
    rule.ifPresent(found ->
        found
            .spec()
            .at("egress")
            .items()
            .forEach(egress -> hosts.addAll(egress.at("hosts").textItems())));
    if (!hosts.isEmpty()) {
      for (Rule virtualService : sight.rules("VirtualService")) {
        if (imports(virtualService)) {
          for (String list : List.of("http", "tcp")) {
            virtualService.spec().at(list).items().forEach(route -> routed(virtualService, route));
          }
        }
      }
    }
  }

  /// Whether nothing is left out.
  public boolean everything() {
    return hosts.isEmpty();
  }

  /// The fields that have an effect.
  public static ModelledFields modelledFields() {
    return ModelledFields.of(
        List.of(
            "workloadSelector.labels.*",
            "egress[].hosts[]",
            "inboundConnectionPool.**",
            "outboundTrafficPolicy.mode"));
  }

  private Optional<Rule> find(List<Rule> sidecars, Sight sight) {
    return sidecars.stream()
        .filter(sidecar -> rank(sidecar, sight) > 0)
        .max(
            Comparator.comparingInt((Rule sidecar) -> rank(sidecar, sight))
                .thenComparing(Rule.BY_AGE.reversed()));
  }

  private int rank(Rule sidecar, Sight sight) {
    Map<String, String> labels = sidecar.spec().at("workloadSelector", "labels").texts();
    boolean own = sidecar.namespace().equals(namespace);
    if (!labels.isEmpty()) {
      return own && sight.labelled(labels) ? 3 : 0;
    }
    return own ? 2 : sidecar.namespace().equals(mesh.rootNamespace()) ? 1 : 0;
  }

  private void routed(Rule virtualService, SpecNode route) {
    for (SpecNode destination : route.at("route").items()) {
      routed.add(virtualService.resolve(destination.at("destination", "host").textOr(""), mesh));
    }
  }

  /// Whether a host of a namespace is imported, by its name or as the destination of an imported
  /// VirtualService.
  public boolean imports(String hostNamespace, String host) {
    return hosts.isEmpty() || routed.contains(host) || named(hostNamespace, host);
  }

  /// Whether a VirtualService is imported.
  public boolean imports(Rule virtualService) {
    return hosts.isEmpty()
        || virtualService.spec().at("hosts").textItems().stream()
            .anyMatch(
                host -> named(virtualService.namespace(), virtualService.resolve(host, mesh)));
  }

  private boolean named(String hostNamespace, String host) {
    for (String written : hosts) {
      int slash = written.indexOf('/');
      String in = slash < 0 ? "*" : written.substring(0, slash);
      String pattern = written.substring(slash + 1);
      boolean space =
          in.equals("*")
              || in.equals(hostNamespace)
              || in.equals(".") && hostNamespace.equals(namespace);
      if (space && HostName.overlap(pattern, host)) {
        return true;
      }
    }
    return false;
  }

  /// What takes the place of the DestinationRule's connection pool at the server side.
  public Optional<SpecNode> inboundConnectionPool() {
    return rule.map(found -> found.spec().at("inboundConnectionPool")).filter(SpecNode::present);
  }

  /// Whether calls to unknown hosts end here: this object's word, else the mesh's.
  public boolean registryOnly() {
    String mode =
        rule.map(found -> found.spec().at("outboundTrafficPolicy", "mode").textOr("")).orElse("");
    return mode.isEmpty() ? mesh.registryOnly() : mode.equals("REGISTRY_ONLY");
  }
}
