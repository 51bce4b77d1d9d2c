package theater.mesh.translation.gatewayapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.Problems;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.MeshView;

/// Where a route of the Gateway API sends calls, as Istio's `destination`. One that can not be
/// reached keeps its share, which is answered with 500. As in Istio, a Service counts in the
/// context of the route only.
final class Backends {
  private static final String INVALID = "InvalidDestination";

  private final Set<String> services = new HashSet<>();
  private final Map<String, List<String>> entries = new HashMap<>();
  private final Set<String> hosts = new HashSet<>();
  private final References references;
  private final String suffix;

  Backends(MeshView view, References references) {
    this.references = references;
    suffix = view.mesh().domainSuffix();
    view.services()
        .forEach(service -> {
          hosts.add(service.host(view.mesh()));
          if (service.context().equals(view.context())) {
            services.add(service.host(view.mesh()));
          }
        });
    for (Rule entry : Rule.ofKind(view.configs(), "ServiceEntry", new Problems())) {
      List<String> written = entry.spec().at("hosts").textItems();
      entries.put(entry.namespace() + "/" + entry.object().name(), written);
      hosts.addAll(written);
    }
  }

  /// The host of a Service; empty when there is none.
  List<String> ofService(String namespace, String name) {
    String host = name + "." + namespace + ".svc." + suffix;
    return services.contains(host) ? List.of(host) : List.of();
  }

  /// The hosts of a ServiceEntry; empty when there is none.
  List<String> ofEntry(String namespace, String name) {
    return entries.getOrDefault(namespace + "/" + name, List.of());
  }

  /// The destination; what is wrong with it goes into the list.
  ///
  /// @param kind of the route
  /// @param granted whether a Service of another namespace needs a ReferenceGrant
  ObjectNode destination(
      SpecNode written, String kind, String namespace, boolean granted, List<RouteError> errors) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    String group = written.at("group").textOr("");
    String type = written.at("kind").textOr("Service");
    String name = written.at("name").textOr("");
    String in = written.at("namespace").textOr("");
    String there = in.isEmpty() ? namespace : in;
    if (granted && !references.allowed(kind, namespace, written, "Service", there)) {
      errors.add(
          RouteError.part(
              "RefNotPermitted",
              "backendRef %s/%s not accessible to a %s in namespace \"%s\" (missing a ReferenceGrant?)"
                  .formatted(name, there, kind, namespace)));
      return result.put("host", "");
    }
    boolean service = group.isEmpty() && type.equals("Service");
    boolean entry = group.equals(References.ISTIO) && type.equals("Hostname");
    if (!service && !entry) {
      errors.add(
          RouteError.part(
              "InvalidKind",
              "referencing unsupported backendRef: group \"%s\" kind \"%s\""
                  .formatted(group, type)));
      return result.put("host", "");
    }
    if (service && name.contains(".")) {
      errors.add(
          RouteError.broken(
              INVALID,
              "service name invalid; the name of the Service must be used, not the hostname."));
      return result;
    }
    if (entry && !in.isEmpty()) {
      errors.add(RouteError.broken(INVALID, "namespace may not be set with Hostname type"));
      return result;
    }
    String host = service ? name + "." + there + ".svc." + suffix : name;
    if (!written.at("port").present()) {
      errors.add(RouteError.broken(INVALID, "port is required in backendRef"));
    } else if (!(service ? services : hosts).contains(host)) {
      errors.add(RouteError.part("BackendNotFound", "backend(" + host + ") not found"));
    }
    result.put("host", host);
    result.putObject("port").set("number", written.at("port").json());
    return result;
  }
}
