package theater.mesh.xds;

/// The types of the aggregated stream, in the order in which they are sent: what is used comes
/// before what uses it.
public enum ResourceKind {
  CLUSTER("envoy.config.cluster.v3.Cluster", true),
  ENDPOINT("envoy.config.endpoint.v3.ClusterLoadAssignment", false),
  SECRET("envoy.extensions.transport_sockets.tls.v3.Secret", false),
  LISTENER("envoy.config.listener.v3.Listener", true),
  ROUTE("envoy.config.route.v3.RouteConfiguration", false);

  private final String typeUrl;
  private final boolean wildcard;

  ResourceKind(String message, boolean wildcard) {
    this.typeUrl = "type.googleapis.com/" + message;
    this.wildcard = wildcard;
  }

  /// `type.googleapis.com/envoy.config.cluster.v3.Cluster`
  public String typeUrl() {
    return typeUrl;
  }

  /// Whether an Envoy asks for all of them; else it asks by name.
  boolean wildcard() {
    return wildcard;
  }

  static ResourceKind of(String typeUrl) {
    for (ResourceKind kind : values()) {
      if (kind.typeUrl.equals(typeUrl)) {
        return kind;
      }
    }
    return null;
  }
}
