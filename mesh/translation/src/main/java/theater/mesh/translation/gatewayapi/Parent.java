package theater.mesh.translation.gatewayapi;

import java.util.List;

/// A listener of a Gateway that routes can name, or the mesh.
///
/// @param name of the made Istio Gateway, `namespace/name`, or `mesh`
/// @param gateway `namespace/name` of the Gateway; empty for the mesh
/// @param section the listener's name
/// @param hostname as written; empty for all
/// @param hosts with the namespaces that may bind to them, `theater-msa/one.example.com`
/// @param kinds of routes that it takes
record Parent(
    String name,
    String gateway,
    String section,
    int port,
    String protocol,
    String hostname,
    List<String> hosts,
    List<String> kinds) {

  /// All sidecars.
  static final Parent MESH =
      new Parent("mesh", "", "", 0, "", "", List.of(), List.of("HTTPRoute", "GRPCRoute"));
}
