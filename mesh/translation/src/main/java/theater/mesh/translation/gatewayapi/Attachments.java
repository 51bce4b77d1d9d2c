package theater.mesh.translation.gatewayapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import theater.mesh.translation.names.HostName;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.SpecNode;

/// Which parents a route names, and whether they take it. Gateway API: parentRefs, sectionName,
/// allowedRoutes.
final class Attachments {
  static final String NO_PARENT = "NoMatchingParent";
  static final String NOT_ALLOWED = "NotAllowedByListeners";
  static final String NO_HOSTNAME = "NoMatchingListenerHostname";

  private final Map<String, List<Parent>> byGateway;
  private final Backends backends;

  /// @param byGateway the listeners of each Gateway by `namespace/name`
  Attachments(Map<String, List<Parent>> byGateway, Backends backends) {
    this.byGateway = byGateway;
    this.backends = backends;
  }

  List<Attachment> of(Rule route) {
    List<Attachment> result = new ArrayList<>();
    for (SpecNode reference : route.spec().at("parentRefs").items()) {
      String kind = reference.at("kind").textOr("Gateway");
      String group = reference.at("group").textOr(References.GROUP);
      String namespace = reference.at("namespace").textOr(route.namespace());
      String name = reference.at("name").textOr("");
      if (group.isEmpty() && kind.equals("Service")) {
        List<String> hosts = backends.ofService(namespace, name);
        result.add(mesh(reference, hosts, "parent service: \"" + name + "\" not found"));
      } else if (group.equals(References.ISTIO) && kind.equals("ServiceEntry")) {
        List<String> hosts = backends.ofEntry(namespace, name);
        result.add(mesh(reference, hosts, "parent service entry: \"" + name + "\" not found"));
      } else if (group.equals(References.GROUP) && kind.equals("Gateway")) {
        for (Parent parent : byGateway.getOrDefault(namespace + "/" + name, List.of())) {
          result.add(attach(route, reference, parent));
        }
      }
    }
    return result;
  }

  private static Attachment mesh(SpecNode reference, List<String> hosts, String missing) {
    return hosts.isEmpty()
        ? refused(reference, Parent.MESH, NO_PARENT, missing)
        : new Attachment(reference, Parent.MESH, hosts, "", "");
  }

  private static Attachment refused(
      SpecNode reference, Parent parent, String reason, String message) {
    return new Attachment(reference, parent, List.of(), reason, message);
  }

  private static Attachment attach(Rule route, SpecNode reference, Parent parent) {
    int port = reference.at("port").unsigned().orElse(0);
    String section = reference.at("sectionName").textOr("");
    if (port != 0 && port != parent.port()) {
      return refused(reference, parent, NO_PARENT, "port " + port + " not found");
    }
    if (!section.isEmpty() && !section.equals(parent.section())) {
      return refused(reference, parent, NO_PARENT, "sectionName \"" + section + "\" not found");
    }
    List<String> wanted = hostnames(route);
    boolean host = false;
    boolean both = false;
    for (String open : parent.hosts()) {
      int slash = open.indexOf('/');
      String namespace = open.substring(0, slash);
      String pattern = open.substring(slash + 1);
      boolean fits = wanted.stream().anyMatch(name -> HostName.overlap(pattern, name));
      host |= fits;
      both |= fits && (namespace.equals("*") || namespace.equals(route.namespace()));
    }
    if (!both) {
      return host
          ? refused(
              reference,
              parent,
              NOT_ALLOWED,
              "hostnames matched parent hostname \"%s\", but namespace \"%s\" is not allowed by the parent"
                  .formatted(parent.hostname(), route.namespace()))
          : refused(
              reference,
              parent,
              NO_HOSTNAME,
              "no hostnames matched parent hostname \"" + parent.hostname() + "\"");
    }
    String kind = route.object().kind();
    return parent.kinds().contains(kind)
        ? new Attachment(reference, parent, List.of(), "", "")
        : refused(
            reference,
            parent,
            NOT_ALLOWED,
            "kind " + References.GROUP + "/v1/" + kind + " is not allowed");
  }

  /// `*` when none is written.
  static List<String> hostnames(Rule route) {
    List<String> written = route.spec().at("hostnames").textItems();
    return written.isEmpty() ? List.of("*") : written;
  }
}
