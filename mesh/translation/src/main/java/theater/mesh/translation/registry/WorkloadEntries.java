package theater.mesh.translation.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import theater.mesh.translation.Sight;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.ModelledFields;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.Endpoint;
import theater.mesh.view.Service;
import theater.mesh.view.Workload;

/// Machines outside Kubernetes. Istio: WorkloadEntry. Services and ServiceEntries of its namespace
/// select it by labels as they select pods.
public final class WorkloadEntries {
  private final Sight sight;
  private final List<Entry> entries = new ArrayList<>();

  private record Entry(String namespace, Map<String, String> labels, SpecNode spec) {}

  WorkloadEntries(Sight sight) {
    this.sight = sight;
    for (Rule rule : sight.rules("WorkloadEntry")) {
      Map<String, String> labels = new LinkedHashMap<>(rule.spec().at("labels").texts());
      labels.putAll(rule.object().labels());
      if (rule.spec().json().isObject()) {
        ObjectNode merged = ((ObjectNode) rule.spec().json()).deepCopy();
        ObjectNode all = merged.putObject("labels");
        labels.forEach(all::put);
        SpecNode spec = new SpecNode(merged, rule.spec().object(), "spec", sight.problems());
        entries.add(new Entry(rule.namespace(), Map.copyOf(labels), spec));
      }
    }
  }

  /// The fields that have an effect.
  public static ModelledFields modelledFields() {
    return ModelledFields.of(
        List.of(
            "address", "ports.*", "labels.*", "network", "locality", "weight", "serviceAccount"));
  }

  /// The machines, and the pods that some Service has, that a ServiceEntry selects; each in the
  /// form of an element of `endpoints`.
  List<SpecNode> selected(Rule entry) {
    SpecNode selector = entry.spec().at("workloadSelector");
    if (!selector.present()) {
      return List.of();
    }
    Map<String, String> wanted = selector.at("labels").texts();
    List<SpecNode> result = new ArrayList<>();
    for (Entry machine : entries) {
      if (machine.namespace.equals(entry.namespace()) && fits(machine.labels, wanted)) {
        result.add(machine.spec);
      }
    }
    sight.kubernetes().all().stream()
        .flatMap(service -> service.endpoints().stream())
        .filter(Endpoint::ready)
        .map(Endpoint::workload)
        .filter(pod -> pod.namespace().equals(entry.namespace()) && fits(pod.labels(), wanted))
        .distinct()
        .forEach(pod -> result.add(pod(pod, selector)));
    return result;
  }

  /// Whether there are none.
  boolean empty() {
    return entries.isEmpty();
  }

  /// The service, and the machines that it selects as endpoints of it.
  RegistryService behind(RegistryService service) {
    Map<Endpoint, Integer> weights = new LinkedHashMap<>();
    service.found().forEach(declared -> behind(declared, weights));
    if (weights.isEmpty()) {
      return service;
    }
    List<Endpoint> all = new ArrayList<>(service.endpoints());
    all.addAll(weights.keySet());
    return service.reached(all, weights);
  }

  private void behind(Service service, Map<Endpoint, Integer> result) {
    for (Entry machine : entries) {
      if (!service.selector().isEmpty()
          && service.context().equals(sight.viewContext())
          && machine.namespace.equals(service.namespace())
          && fits(machine.labels, service.selector())) {
        Workload workload = EndpointPlace.of(machine.spec, service.namespace(), sight);
        if (workload.ip().isEmpty()) {
          continue;
        }
        service
            .ports()
            .forEach(port ->
                EndpointPlace.number(machine.spec, port)
                    .ifPresent(number ->
                        result.put(
                            new Endpoint(
                                workload.context(),
                                service.namespace(),
                                service.name(),
                                port.name(),
                                workload.ip(),
                                number,
                                true,
                                workload),
                            EndpointPlace.weight(machine.spec))));
      }
    }
  }

  private SpecNode pod(Workload pod, SpecNode selector) {
    ObjectNode form = JsonNodeFactory.instance.objectNode();
    form.put("address", pod.ip()).put("serviceAccount", pod.serviceAccount());
    form.put("locality", pod.region() + "/" + pod.zone());
    sight.contexts().stream()
        .filter(context -> context.name().equals(pod.context()))
        .findFirst()
        .ifPresent(context -> form.put("network", context.network()));
    ObjectNode labels = form.putObject("labels");
    pod.labels().forEach(labels::put);
    labels.put("security.istio.io/tlsMode", pod.sidecar() ? "istio" : "disabled");
    return new SpecNode(form, selector.object(), selector.path(), selector.problems());
  }

  private static boolean fits(Map<String, String> labels, Map<String, String> wanted) {
    return labels.entrySet().containsAll(wanted.entrySet());
  }
}
