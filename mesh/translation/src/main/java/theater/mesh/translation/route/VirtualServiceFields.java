package theater.mesh.translation.route;

import theater.mesh.translation.spec.ModelledFields;

/// The fields of VirtualService that have an effect.
public final class VirtualServiceFields {
  private VirtualServiceFields() {}

  /// Of all features together.
  public static ModelledFields modelled() {
    return HttpRoutes.modelledFields();
  }
}
