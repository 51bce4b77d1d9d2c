package theater.mesh.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import theater.mesh.view.ConfigObject;
import theater.mesh.view.Credential;
import theater.mesh.view.Endpoint;
import theater.mesh.view.MeshContext;
import theater.mesh.view.MeshSettings;
import theater.mesh.view.MeshView;
import theater.mesh.view.Namespace;
import theater.mesh.view.Proxy;
import theater.mesh.view.Service;
import theater.mesh.view.ServicePort;
import theater.mesh.view.Workload;

/// Everything that a world file describes.
///
/// @param notReady names of workloads that are not ready
/// @param proxies by the names by which they can be asked about
record World(
    MeshSettings mesh,
    List<MeshContext> contexts,
    List<Namespace> namespaces,
    List<Service> services,
    List<Workload> workloads,
    List<String> notReady,
    Map<String, Proxy> proxies) {

  /// What the control plane of a context sees once these objects are applied in every context.
  MeshView view(
      String context,
      MeshSettings settings,
      List<ConfigObject> configs,
      List<Credential> credentials) {
    return new MeshView(
        context, settings, contexts, namespaces, services, endpoints(), configs, credentials);
  }

  private List<Endpoint> endpoints() {
    List<Endpoint> result = new ArrayList<>();
    for (Service service : services) {
      for (Workload workload : workloads) {
        if (workload.context().equals(service.context())
            && workload.namespace().equals(service.namespace())
            && workload.labels().entrySet().containsAll(service.selector().entrySet())) {
          for (ServicePort port : service.ports()) {
            result.add(
                new Endpoint(
                    service.context(),
                    service.namespace(),
                    service.name(),
                    port.name(),
                    workload.ip(),
                    Integer.parseInt(port.targetPort()),
                    !notReady.contains(workload.name()),
                    workload));
          }
        }
      }
    }
    return result;
  }

  /// What `semantics --names` takes: whose addresses these are.
  Map<String, Object> names() {
    Map<String, String> ips = new LinkedHashMap<>();
    workloads.forEach(workload -> ips.put(workload.ip(), workload.name()));
    Map<String, String> gateways = new LinkedHashMap<>();
    contexts.stream()
        .filter(context -> !context.eastWestAddress().isEmpty())
        .forEach(context -> gateways.put(context.eastWestAddress(), context.network()));
    Map<String, String> vips = new LinkedHashMap<>();
    services.forEach(service -> vips.put(service.clusterIp(), service.host(mesh)));
    return Map.of("ips", ips, "gateways", gateways, "vips", vips);
  }
}
