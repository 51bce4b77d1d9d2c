package theater.mesh.translation.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import theater.mesh.translation.names.HostName;
import theater.mesh.translation.spec.ModelledFields;
import theater.mesh.translation.spec.Problems;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.MeshView;
import theater.mesh.view.Proxy;

/// What a sidecar imports. Istio: Sidecar; the one that selects the pod, else its namespace's, else
/// the root namespace's. Without any, everything.
public final class SidecarScope {
  private final MeshView view;
  private final String namespace;
  private final Optional<Rule> rule;
  private final List<String> hosts = new ArrayList<>();
  private final Set<String> routed = new TreeSet<>();

  /// For one proxy; gateways import everything.
  public SidecarScope(MeshView view, Proxy proxy, Problems problems) {
    this.view = view;
    namespace = proxy.workload().namespace();
    rule =
        proxy.role() == Proxy.Role.SIDECAR
            ? find(Rule.ofKind(view.configs(), "Sidecar", problems), proxy)
            : Optional.empty();
    rule.ifPresent(found ->
        found
            .spec()
            .at("egress")
            .items()
            .forEach(egress -> hosts.addAll(egress.at("hosts").textItems())));
    if (!hosts.isEmpty()) {
      for (Rule virtualService : Rule.ofKind(view.configs(), "VirtualService", problems)) {
        if (imports(virtualService)) {
          for (String list : List.of("http", "tcp")) {
            virtualService.spec().at(list).items().forEach(route -> routed(virtualService, route));
          }
        }
      }
    }
  }

  /// The fields that have an effect.
  public static ModelledFields modelledFields() {
    return ModelledFields.of(
        List.of("workloadSelector.labels.*", "egress[].hosts[]", "outboundTrafficPolicy.mode"));
  }

  private Optional<Rule> find(List<Rule> sidecars, Proxy proxy) {
    return sidecars.stream()
        .filter(sidecar -> rank(sidecar, proxy) > 0)
        .max(
            Comparator.comparingInt((Rule sidecar) -> rank(sidecar, proxy))
                .thenComparing(Rule.BY_AGE.reversed()));
  }

  private int rank(Rule sidecar, Proxy proxy) {
    Map<String, String> labels = sidecar.spec().at("workloadSelector", "labels").texts();
    boolean own = sidecar.namespace().equals(namespace);
    if (!labels.isEmpty()) {
      return own && proxy.workload().labels().entrySet().containsAll(labels.entrySet()) ? 3 : 0;
    }
    return own ? 2 : sidecar.namespace().equals(view.mesh().rootNamespace()) ? 1 : 0;
  }

  private void routed(Rule virtualService, SpecNode route) {
    for (SpecNode destination : route.at("route").items()) {
      routed.add(
          virtualService.resolve(destination.at("destination", "host").textOr(""), view.mesh()));
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
            .anyMatch(host ->
                named(virtualService.namespace(), virtualService.resolve(host, view.mesh())));
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

  /// Whether calls to unknown hosts end here: this object's word, else the mesh's.
  public boolean registryOnly() {
    String mode =
        rule.map(found -> found.spec().at("outboundTrafficPolicy", "mode").textOr("")).orElse("");
    return mode.isEmpty() ? view.mesh().registryOnly() : mode.equals("REGISTRY_ONLY");
  }
}
