package theater.mesh.translation.memo;

/// The parts of a view, and what only one proxy is. What depends on none that changed need not even
/// be asked about; what does not depend on [#PROXY] is the same for all proxies of a [Place].
public enum Root {
  /// The whole view, also parts that no other constant stands for.
  VIEW,
  /// Mesh-wide settings and the contexts.
  MESH,
  /// Services and endpoints.
  SERVICES,
  VIRTUAL_SERVICES,
  /// Those with `tcp` or `tls` routes: a changed HTTP route leaves listeners alone.
  LAYER4_RULES,
  DESTINATION_RULES,
  /// Rules of all other kinds.
  OTHER_RULES,
  /// What tells the proxy from others of its place, such as its labels and addresses.
  PROXY;

  /// Whether it is among these bits.
  public boolean in(int bits) {
    return (bits & bit()) != 0;
  }

  /// Its bit.
  public int bit() {
    return 1 << ordinal();
  }

  /// Where rules of a kind belong.
  public static Root ofKind(String kind) {
    return switch (kind) {
      case "VirtualService" -> VIRTUAL_SERVICES;
      case "DestinationRule" -> DESTINATION_RULES;
      default -> OTHER_RULES;
    };
  }
}
