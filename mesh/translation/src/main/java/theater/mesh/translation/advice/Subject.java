package theater.mesh.translation.advice;

import java.util.List;
import java.util.Optional;
import theater.mesh.translation.names.HostName;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.rule.VirtualServices;
import theater.mesh.translation.spec.Problems;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.ConfigObject;
import theater.mesh.view.Endpoint;
import theater.mesh.view.MeshView;

/// The object that an advice looks at, and what is around it.
record Subject(Rule rule, Known known) {

  static Subject of(ConfigObject object, Known known) {
    Known around = known.with(object);
    ConfigObject aged =
        around.configs().stream()
            .filter(config -> Known.same(config, object))
            .findFirst()
            .orElse(object);
    return new Subject(Rule.of(aged, new Problems()), around);
  }

  SpecNode spec() {
    return rule.spec();
  }

  MeshView view() {
    return known.view();
  }

  boolean is(String kind) {
    return rule.object().kind().equals(kind);
  }

  /// The HTTP routes of a VirtualService; empty for other kinds.
  List<SpecNode> http() {
    return is("VirtualService") ? spec().at("http").items() : List.of();
  }

  /// Whether a VirtualService acts on sidecars.
  boolean inMesh() {
    return VirtualServices.gateways(rule).contains(VirtualServices.MESH);
  }

  /// The HTTP routes of all VirtualServices of the own context that send calls to a host.
  List<SpecNode> routesTo(String host) {
    return all("VirtualService").stream()
        .flatMap(other ->
            other.spec().at("http").items().stream()
                .filter(http ->
                    http.at("route").items().stream()
                        .map(route -> route.at("destination", "host").textOr(""))
                        .anyMatch(name -> other.resolve(name, view().mesh()).equals(host))))
        .toList();
  }

  /// The outlier detection that a DestinationRule brings itself; empty for other kinds.
  Optional<SpecNode> ownBreaker() {
    return is("DestinationRule") ? Breakers.of(spec()).stream().findFirst() : Optional.empty();
  }

  /// The hosts that it is about, in full.
  List<String> hosts() {
    List<String> written =
        is("DestinationRule")
            ? spec().at("host").text().map(List::of).orElse(List.of())
            : spec().at("hosts").textItems();
    return written.stream().map(this::inFull).toList();
  }

  String inFull(String host) {
    return rule.resolve(host, view().mesh());
  }

  /// `user-service` for a Service's host in the object's own namespace, else the host.
  String brief(String host) {
    String rest = "." + rule.namespace() + ".svc." + view().mesh().domainSuffix();
    return host.endsWith(rest) ? host.substring(0, host.length() - rest.length()) : host;
  }

  /// The other objects of a kind in the own context, oldest first.
  List<Rule> others(String kind) {
    return Rule.ofKind(known.configs(), kind, new Problems()).stream()
        .filter(other -> !Known.same(other.object(), rule.object()))
        .toList();
  }

  /// All objects of a kind in the own context.
  List<Rule> all(String kind) {
    return Rule.ofKind(known.configs(), kind, new Problems());
  }

  /// Whether another rule is older: it wins.
  boolean younger(Rule other) {
    return Rule.BY_AGE.compare(rule, other) > 0;
  }

  /// Ready addresses behind a host, one for each port and pod.
  List<Endpoint> endpoints(String host) {
    return view().endpoints().stream()
        .filter(endpoint -> endpoint.ready() && host(endpoint).equals(host))
        .toList();
  }

  private String host(Endpoint endpoint) {
    return HostName.resolve(endpoint.serviceName(), endpoint.serviceNamespace(), view().mesh());
  }

  /// Whether a context of the mesh has a Service, or a ServiceEntry declares the host.
  boolean exists(String host) {
    return known.services().stream()
            .anyMatch(service -> HostName.covers(host, service.host(view().mesh())))
        || all("ServiceEntry").stream()
            .flatMap(entry -> entry.spec().at("hosts").textItems().stream())
            .anyMatch(declared -> HostName.overlap(declared, host));
  }

  /// The outlier detection that acts on a host, of the oldest DestinationRule that has one.
  Optional<SpecNode> breaker(String host) {
    return all("DestinationRule").stream()
        .filter(
            other -> other.resolve(other.spec().at("host").textOr(""), view().mesh()).equals(host))
        .flatMap(other -> Breakers.of(other.spec()).stream())
        .findFirst();
  }
}
