package theater.mesh.translation;

import theater.mesh.view.Proxy;
import theater.mesh.view.Workload;

/// What proxies have in common that can be asked without asking who they are: all of [Asked] that
/// does not depend on `Root.PROXY`.
record Place(
    Proxy.Role role,
    String context,
    String namespace,
    String network,
    String region,
    String zone,
    boolean redirecting) {

  static Place of(Proxy proxy) {
    Workload workload = proxy.workload();
    return new Place(
        proxy.role(),
        workload.context(),
        workload.namespace(),
        proxy.network(),
        workload.region(),
        workload.zone(),
        proxy.addresses().redirecting());
  }
}
