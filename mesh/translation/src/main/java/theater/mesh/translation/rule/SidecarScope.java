package theater.mesh.translation.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
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
  private final RoutedHosts routed;

  /// An element of `egress`.
  ///
  /// @param port where it takes calls, to its own hosts alone; 0 for every port that no other
  ///   element has
  /// @param only the port of its services that is imported; 0 for all, also of a port for
  ///   HTTP_PROXY
  private record Egress(int port, int only, List<String> hosts) {}

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
    routed = new RoutedHosts(sight);
    rule = some ? find(sidecars, sight) : Optional.empty();
    rule.ifPresent(
        found -> found.spec().at("egress").items().forEach(written -> egress.add(egress(written))));
    if (!everything()) {
      for (Rule virtualService : sight.rules("VirtualService")) {
        if (virtualService.visibleIn(namespace)
            && VirtualServices.gateways(virtualService).contains(VirtualServices.MESH)) {
          egress.stream()
              .filter(part -> imports(part, virtualService))
              .forEach(part -> routed.add(virtualService, part.only));
        }
      }
    }
  }

  private static Egress egress(SpecNode written) {
    int port = written.at("port", "number").unsigned().orElse(0);
    boolean generic = written.at("port", "protocol").textOr("").equalsIgnoreCase("HTTP_PROXY");
    return new Egress(port, generic ? 0 : port, written.at("hosts").textItems());
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
            "ingress[].port.number",
            "ingress[].port.name",
            "ingress[].port.protocol",
            "ingress[].bind",
            "ingress[].captureMode",
            "ingress[].defaultEndpoint",
            "ingress[].connectionPool.**",
            "ingress[].tls.**",
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

  /// Whether a port of a host of a namespace is imported, by the host's name or as the destination
  /// of an imported VirtualService.
  public boolean imports(String hostNamespace, String host, int port) {
    return everything()
        || routed.has(host, port)
        || egress.stream()
            .filter(part -> part.only == 0 || part.only == port)
            .anyMatch(part -> named(part.hosts, hostNamespace, host, HostName::covers));
  }

  /// Whether calls to a port find a host: it is named where calls to the port are taken. What only
  /// VirtualServices lead to is not found by its own name.
  public boolean answers(String hostNamespace, String host, int port) {
    return everything()
        || taking(port)
            .filter(part -> named(part.hosts, hostNamespace, host, HostName::covers))
            .isPresent();
  }

  /// The first element that takes calls to a port.
  private Optional<Egress> taking(int port) {
    return egress.stream().filter(part -> part.port == 0 || part.port == port).findFirst();
  }

  /// Whether a VirtualService is imported.
  public boolean imports(Rule virtualService) {
    return everything() || egress.stream().anyMatch(part -> imports(part, virtualService));
  }

  /// Whether a VirtualService acts on calls to a port.
  public boolean imports(Rule virtualService, int port) {
    return everything() || taking(port).filter(part -> imports(part, virtualService)).isPresent();
  }

  private boolean imports(Egress part, Rule virtualService) {
    return virtualService.spec().at("hosts").textItems().stream()
        .map(host -> virtualService.resolve(host, mesh))
        .anyMatch(host -> named(part.hosts, virtualService.namespace(), host, HostName::overlap));
  }

  private boolean named(
      List<String> hosts, String hostNamespace, String host, BiPredicate<String, String> fits) {
    for (String written : hosts) {
      int slash = written.indexOf('/');
      String in = slash < 0 ? "*" : written.substring(0, slash);
      String pattern = written.substring(slash + 1);
      boolean space =
          in.equals("*")
              || in.equals(hostNamespace)
              || in.equals(".") && hostNamespace.equals(namespace);
      if (space && fits.test(pattern, host)) {
        return true;
      }
    }
    return false;
  }

  /// The object's name; empty without one.
  public String name() {
    return rule.map(found -> found.object().name()).orElse("");
  }

  /// The elements of `ingress`; none means the ports that Services lead to.
  public List<SpecNode> ingress() {
    return rule.map(found -> found.spec().at("ingress").items()).orElse(List.of());
  }

  /// What takes the place of the DestinationRule's connection pool at the server side, at a port of
  /// the pod: that of the port, else of the whole object.
  public Optional<SpecNode> inboundConnectionPool(int port) {
    return ingress().stream()
        .filter(one -> one.at("port", "number").whole().orElse(0) == port)
        .map(one -> one.at("connectionPool"))
        .filter(SpecNode::present)
        .findFirst()
        .or(() -> rule.map(found -> found.spec().at("inboundConnectionPool")))
        .filter(SpecNode::present);
  }

  /// Whether calls to unknown hosts end here: this object's word, else the mesh's.
  public boolean registryOnly() {
    String mode =
        rule.map(found -> found.spec().at("outboundTrafficPolicy", "mode").textOr("")).orElse("");
    return mode.isEmpty() ? mesh.registryOnly() : mode.equals("REGISTRY_ONLY");
  }
}
