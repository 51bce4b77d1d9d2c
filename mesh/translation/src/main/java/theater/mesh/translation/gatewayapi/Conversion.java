package theater.mesh.translation.gatewayapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import theater.mesh.translation.names.HostName;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.Problems;
import theater.mesh.view.ConfigObject;
import theater.mesh.view.MeshView;

/// As Istio does it: a listener is a Gateway of one server; all routes for a host at a listener, or
/// for a Service in the mesh, are one VirtualService, sorted as the Gateway API says.
final class Conversion {
  private static final String CLASS = "istio";

  private final MeshView view;
  private final Problems problems;
  private final Map<String, List<Parent>> byGateway = new TreeMap<>();
  private final List<ConfigObject> made = new ArrayList<>();
  private final List<ObjectStatus> statuses = new ArrayList<>();
  private final Map<String, Set<String>> attached = new LinkedHashMap<>();

  Conversion(MeshView view, Problems problems) {
    this.view = view;
    this.problems = problems;
    References references = new References(ofKind("ReferenceGrant"));
    Map<Rule, List<Opened>> gateways = new LinkedHashMap<>();
    Set<String> classes = classes();
    for (Rule gateway : ofKind("Gateway")) {
      if (classes.contains(gateway.spec().at("gatewayClassName").textOr(""))) {
        List<Opened> opened = new Listeners(view, gateway, references).all();
        gateways.put(gateway, opened);
        byGateway.put(
            gateway.namespace() + "/" + gateway.object().name(),
            opened.stream().map(Opened::parent).toList());
        opened.forEach(listener -> listener.gateway().ifPresent(made::add));
      }
    }
    routes(new Backends(view, references));
    gateways.forEach(
        (gateway, opened) -> statuses.add(new GatewayStatus(view, gateway).of(opened, attached)));
  }

  /// Istio's objects that all of it comes to.
  List<ConfigObject> made() {
    return made;
  }

  List<ObjectStatus> statuses() {
    return statuses;
  }

  private List<Rule> ofKind(String kind) {
    return view.configs().stream()
        .filter(config -> GatewayApi.concerns(config) && config.kind().equals(kind))
        .map(config -> Rule.of(config, problems))
        .sorted(Rule.BY_AGE)
        .toList();
  }

  private Set<String> classes() {
    Set<String> result = new HashSet<>(List.of(CLASS));
    for (Rule found : ofKind("GatewayClass")) {
      String controller = found.spec().at("controllerName").textOr("");
      if (controller.equals(RouteStatus.CONTROLLER)) {
        result.add(found.object().name());
        statuses.add(GatewayStatus.ofClass(found.object()));
      } else {
        result.remove(found.object().name());
      }
    }
    return result;
  }

  private void routes(Backends backends) {
    Attachments attachments = new Attachments(byGateway, backends);
    List<Rule> all = new ArrayList<>(ofKind("HTTPRoute"));
    all.addAll(ofKind("GRPCRoute"));
    all.sort(Rule.BY_AGE);
    Map<String, MergedRoutes> merged = new LinkedHashMap<>();
    for (Rule route : all) {
      Map<Boolean, RouteRules.Made> rules = new TreeMap<>();
      List<Attachment> wishes = attachments.of(route);
      for (Attachment wish : wishes) {
        RouteRules.Made comes =
            rules.computeIfAbsent(wish.mesh(), mesh -> new RouteRules(backends, route, mesh).all());
        if (wish.accepted()) {
          attached
              .computeIfAbsent(wish.parent().name(), _ -> new HashSet<>())
              .add(route.spec().object());
          bind(route, wish, comes.http(), merged);
        }
      }
      statuses.add(RouteStatus.of(route, wishes, rules));
    }
    merged.values().forEach(one -> made.add(one.virtualService()));
  }

  private void bind(
      Rule route, Attachment wish, List<ObjectNode> http, Map<String, MergedRoutes> merged) {
    if (http.isEmpty()) {
      return;
    }
    Parent parent = wish.parent();
    int port = wish.mesh() ? wish.reference().at("port").unsigned().orElse(0) : 0;
    List<ObjectNode> rules =
        port == 0 ? http : http.stream().map(rule -> onPort(rule, port)).toList();
    String place = wish.mesh() ? route.namespace() + "/" + port : parent.name();
    for (String host : wish.mesh() ? wish.hosts() : Attachments.hostnames(route)) {
      if (wish.mesh() || isolated(host, parent)) {
        merged
            .computeIfAbsent(place + "/" + host, _ -> new MergedRoutes(route, parent, host))
            .add(rules);
      }
    }
  }

  private static ObjectNode onPort(ObjectNode rule, int port) {
    ObjectNode result = rule.deepCopy();
    ArrayNode matches =
        result.path("match").isArray() ? (ArrayNode) result.get("match") : result.putArray("match");
    if (matches.isEmpty()) {
      matches.addObject();
    }
    matches.forEach(match -> ((ObjectNode) match).put("port", port));
    return result;
  }

  /// Whether no listener of the same port has a hostname that fits this host better.
  private boolean isolated(String host, Parent parent) {
    String own = parent.hostname();
    if (!own.isEmpty() && !own.startsWith("*")) {
      return true;
    }
    if (!own.isEmpty() && !HostName.overlap(host, own)) {
      return false;
    }
    return byGateway.getOrDefault(parent.gateway(), List.of()).stream()
        .filter(
            other -> other.port() == parent.port() && other.protocol().equals(parent.protocol()))
        .map(Parent::hostname)
        .filter(other -> !other.equals(own) && !other.isEmpty() && other.length() >= own.length())
        .noneMatch(other -> HostName.covers(other, host));
  }
}
