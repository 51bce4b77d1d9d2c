package theater.mesh.translation.registry;

/// How the addresses of a host are found. Istio: ServiceEntry.resolution.
public enum EntryKind {
  /// A Kubernetes Service: its endpoints.
  SERVICE,
  /// The address that was called.
  NONE,
  /// The addresses that the entry lists.
  STATIC,
  /// All addresses of the names.
  DNS,
  /// The first address of the name, asked again for each new connection.
  DNS_ROUND_ROBIN,
  /// Looked up for each call, which only waypoints do: no other proxy has a cluster for it.
  DYNAMIC_DNS;

  /// Whether Envoy looks names up.
  public boolean named() {
    return this == DNS || this == DNS_ROUND_ROBIN;
  }
}
