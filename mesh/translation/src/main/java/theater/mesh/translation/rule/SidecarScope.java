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
  private final List<Egress> egress = new ArrayList<>();
  private final Set<String> routed = new TreeSet<>();

  /// An element of `egress`.
  ///
  /// @param port of its services only this port is imported, and calls to it find no others; 0 for
  ///   every port
  private record Egress(int port, List<String> hosts) {}

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
            .forEach(written ->
                egress.add(
                    new Egress(
                        (int) written.at("port", "number").unsigned().orElse(0),
                        written.at("hosts").textItems()))));
    if (!everything()) {
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
    return egress.isEmpty();
  }

  /// The fields that have an effect.
  public static ModelledFields modelledFields() {
    return ModelledFields.of(
        List.of(
            "workloadSelector.labels.*",
            "egress[].hosts[]",
            "egress[].port.number",
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

  /// Whether a port of a host of a namespace is imported, by the host's name or as the destination
  /// of an imported VirtualService.
  public boolean imports(String hostNamespace, String host, int port) {
    return everything()
        || routed.contains(host)
        || egress.stream()
            .filter(part -> part.port == 0 || part.port == port)
            .anyMatch(part -> named(part.hosts, hostNamespace, host));
  }

  /// Whether calls to a port find an imported host: if an element of `egress` has that port, only
  /// its own hosts.
  public boolean answers(String hostNamespace, String host, int port) {
    Optional<Egress> own =
        egress.stream().filter(part -> part.port != 0 && part.port == port).findFirst();
    return own.isEmpty() || routed.contains(host) || named(own.get().hosts, hostNamespace, host);
  }

  /// Whether a VirtualService is imported.
  public boolean imports(Rule virtualService) {
    return everything()
        || virtualService.spec().at("hosts").textItems().stream()
            .map(host -> virtualService.resolve(host, mesh))
            .anyMatch(host ->
                egress.stream()
                    .anyMatch(part -> named(part.hosts, virtualService.namespace(), host)));
  }

  private boolean named(List<String> hosts, String hostNamespace, String host) {
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
