package theater.mesh.translation;

import theater.mesh.view.MeshView;
import theater.mesh.view.Proxy;

/// The whole translation: a pure function. Equal input gives equal bytes.
public final class Translation {

  /// Builds everything the proxy needs.
  public EnvoyConfig translate(MeshView view, Proxy proxy) {
    throw new UnsupportedOperationException("not written yet");
  }
}
