package theater.mesh.view;

import java.util.List;

/// Everything one context's control plane knows at a moment. Services, endpoints and gateways come
/// from **all** contexts (multi-primary discovery); [#configs] only from the control plane's own:
/// each context's rules act on callers in that context.
///
/// @param context the context whose control plane looks, `ctx1`
/// @param mesh mesh-wide settings
/// @param contexts every context of the mesh with its network and east-west gateway
/// @param namespaces of [#context]
/// @param services one entry per context that has the Service; the same host in two contexts is two
///   entries
/// @param endpoints one entry per context, host, port and address, ready or not
/// @param configs Istio (and Gateway API) objects of [#context], any kind, as they were applied
/// @param credentials what Secrets of [#context] hold for TLS
public record MeshView(
    String context,
    MeshSettings mesh,
    List<MeshContext> contexts,
    List<Namespace> namespaces,
    List<Service> services,
    List<Endpoint> endpoints,
    List<ConfigObject> configs,
    List<Credential> credentials) {

  public MeshView {
    contexts = List.copyOf(contexts);
    namespaces = List.copyOf(namespaces);
    services = List.copyOf(services);
    endpoints = List.copyOf(endpoints);
    configs = List.copyOf(configs);
    credentials = List.copyOf(credentials);
  }

  /// The same with other objects.
  public MeshView with(List<ConfigObject> others) {
    return new MeshView(
        context, mesh, contexts, namespaces, services, endpoints, others, credentials);
  }

  /// Without credentials.
  public MeshView(
      String context,
      MeshSettings mesh,
      List<MeshContext> contexts,
      List<Namespace> namespaces,
      List<Service> services,
      List<Endpoint> endpoints,
      List<ConfigObject> configs) {
    this(context, mesh, contexts, namespaces, services, endpoints, configs, List.of());
  }
}
