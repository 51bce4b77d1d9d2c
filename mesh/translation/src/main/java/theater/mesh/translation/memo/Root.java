package theater.mesh.translation.memo;

/// The parts of a view. What depends on none that changed need not even be asked about.
public enum Root {
  /// The whole view, also parts that no other constant stands for.
  VIEW,
  /// Mesh-wide settings and the contexts.
  MESH,
  /// Services and endpoints.
  SERVICES,
  VIRTUAL_SERVICES,
  DESTINATION_RULES,
  /// Rules of all other kinds.
  OTHER_RULES;

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
