package theater.mesh.translation.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.Sight;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.ModelledFields;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.Endpoint;
import theater.mesh.view.Service;
import theater.mesh.view.ServicePort;
import theater.mesh.view.Workload;

/// Hosts that no Kubernetes Service declares. Istio: ServiceEntry.
public final class ServiceEntries {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final String ADDRESS = OCTET + "(\\." + OCTET + "){3}";

  private final Sight sight;

  private final WorkloadEntries machines;

  private ServiceEntries(Sight sight) {
    this.sight = sight;
    machines = new WorkloadEntries(sight);
  }

  /// The fields that have an effect.
  public static ModelledFields modelledFields() {
    return ModelledFields.of(
        List.of(
            "hosts[]",
            "addresses[]",
            "ports[].number",
            "ports[].name",
            "ports[].protocol",
            "ports[].targetPort",
            "location",
            "resolution",
            "exportTo[]",
            "subjectAltNames[]",
            "workloadSelector.labels.*",
            "endpoints[].address",
            "endpoints[].ports.*",
            "endpoints[].labels.*",
            "endpoints[].network",
            "endpoints[].locality",
            "endpoints[].weight",
            "endpoints[].serviceAccount"));
  }

  /// One per host that the proxy may see; the oldest entry of a host has it.
  static List<RegistryService> of(Sight sight) {
    ServiceEntries entries = new ServiceEntries(sight);
    Map<String, RegistryService> result = new LinkedHashMap<>();
    for (Rule rule : sight.rules("ServiceEntry")) {
      if (rule.visibleIn(sight.namespace())) {
        for (String written : rule.spec().at("hosts").textItems()) {
          String host = written.toLowerCase(Locale.ROOT);
          if (!host.matches("(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*")) {
            rule.spec().at("hosts").malformed("host names");
          } else if (result.containsKey(host)) {
            rule.spec()
                .at("hosts")
                .problem(
                    Severity.NOT_MODELLED,
                    "an older ServiceEntry has " + host + ": the two are not joined here");
          } else {
            entries.add(rule, host, result);
          }
        }
      }
    }
    return List.copyOf(result.values());
  }

  private void add(Rule rule, String host, Map<String, RegistryService> result) {
    SpecNode spec = rule.spec();
    EntryKind kind = kind(spec);
    if (kind == EntryKind.DYNAMIC_DNS) {
      spec.at("resolution")
          .problem(
              Severity.INERT,
              "is DYNAMIC_DNS, which acts at waypoints only: calls to "
                  + host
                  + " get 503 from sidecars and gateways, in Istio, too");
    }
    if (kind.named() && spec.at("endpoints").items().isEmpty() && host.contains("*")) {
      spec.at("hosts").malformed("no wildcard where names are looked up");
      return;
    }
    List<ServicePort> ports = new ArrayList<>();
    for (SpecNode port : spec.at("ports").items()) {
      int number = port.at("number").unsigned().orElse(0);
      if (number < 1 || number > 65535) {
        port.malformed("a number from 1 to 65535");
      } else {
        ports.add(
            new ServicePort(
                port.at("name").textOr(""),
                number,
                Integer.toString(port.at("targetPort").unsigned().orElse(number)),
                port.at("protocol")
                    .text()
                    .filter(word -> !word.isEmpty())
                    .map(word -> word.toLowerCase(Locale.ROOT))
                    .orElse(Protocol.UNKNOWN)));
      }
    }
    String[] labels = host.split("\\.");
    boolean inCluster =
        labels.length > 2
            && host.endsWith("." + rule.namespace() + ".svc." + sight.mesh().domainSuffix());
    String name = inCluster ? labels[0] : host;
    List<String> addresses =
        spec.at("addresses").textItems().stream()
            .map(text -> text.endsWith("/32") ? text.substring(0, text.length() - 3) : text)
            .filter(text -> text.matches(ADDRESS + "(/\\d{1,2})?"))
            .distinct()
            .toList();
    Service service =
        new Service(
            sight.viewContext(),
            rule.namespace(),
            name,
            addresses.stream().filter(text -> !text.contains("/")).findFirst().orElse(""),
            List.of(),
            Map.of(),
            Map.of(),
            ports);
    Map<Endpoint, Integer> weights = new LinkedHashMap<>();
    for (SpecNode endpoint : spec.at("endpoints").items()) {
      ports.forEach(port -> endpoint(rule, name, port, endpoint, kind.named(), weights));
    }
    for (SpecNode machine : machines.selected(rule)) {
      ports.forEach(port -> endpoint(rule, name, port, machine, kind.named(), weights));
    }
    if (weights.isEmpty() && kind.named() && !spec.at("workloadSelector").present()) {
      for (ServicePort port : ports) {
        weights.put(
            new Endpoint(
                sight.context(),
                rule.namespace(),
                name,
                port.name(),
                host,
                Integer.parseInt(port.targetPort()),
                true,
                named(rule, sight.context(), host)),
            1);
      }
    }
    result.put(
        host,
        new RegistryService(
            host,
            rule.namespace(),
            name,
            List.copyOf(ports),
            List.of(service),
            List.copyOf(weights.keySet()),
            new ServiceEntryHost(
                kind,
                !spec.at("location").textOr("").equals("MESH_INTERNAL"),
                weights,
                spec.at("subjectAltNames").textItems(),
                addresses)));
  }

  private static EntryKind kind(SpecNode spec) {
    return switch (spec.at("resolution").textOr("NONE")) {
      case "NONE" -> EntryKind.NONE;
      case "STATIC" -> EntryKind.STATIC;
      case "DNS" -> EntryKind.DNS;
      case "DNS_ROUND_ROBIN" -> EntryKind.DNS_ROUND_ROBIN;
      case "DYNAMIC_DNS" -> EntryKind.DYNAMIC_DNS;
      default -> {
        spec.at("resolution").malformed("NONE, STATIC, DNS, DNS_ROUND_ROBIN or DYNAMIC_DNS");
        yield EntryKind.NONE;
      }
    };
  }

  private void endpoint(
      Rule rule,
      String name,
      ServicePort port,
      SpecNode written,
      boolean named,
      Map<Endpoint, Integer> weights) {
    String address = written.at("address").textOr("");
    boolean fits = named ? address.matches("[A-Za-z0-9.:_-]+") : address.matches(ADDRESS);
    if (!fits) {
      written
          .at("address")
          .malformed(named ? "an address or a name" : "an address (names need resolution: DNS)");
      return;
    }
    Workload workload = EndpointPlace.of(written, rule.namespace(), sight);
    int number = EndpointPlace.number(written, port).orElse(Integer.parseInt(port.targetPort()));
    weights.put(
        new Endpoint(
            workload.context(),
            rule.namespace(),
            name,
            port.name(),
            address,
            number,
            true,
            workload),
        EndpointPlace.weight(written));
  }

  /// The name itself, where nothing else is said.
  private static Workload named(Rule rule, String context, String host) {
    return new Workload(context, rule.namespace(), host, host, "", Map.of(), false, "", "");
  }
}
