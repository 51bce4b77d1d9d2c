package theater.mesh.xds;

import java.util.List;
import theater.mesh.view.MeshView;
import theater.mesh.view.Proxy;

/// Is told what the server does, to remember it for people. Called on the server's thread, so it
/// must be quick. Certificates and keys are never told.
public interface Recorder {
  /// Remembers nothing.
  Recorder NONE = new Recorder() {};

  /// A view comes into force, before any Envoy is given something of it.
  default void pushed(long number, MeshView view) {}

  /// An Envoy has come.
  ///
  /// @param id its node id
  default void connected(String id, Proxy proxy) {}

  /// An Envoy that comes back has these already, in their present form.
  default void kept(String id, ResourceKind kind, List<Versioned> resources) {}

  /// A response leaves.
  default void sent(
      String id, ResourceKind kind, String nonce, List<Versioned> changed, List<String> removed) {}

  /// An Envoy has answered a response.
  ///
  /// @param refusal empty when it took it (ACK), else Envoy's own text (NACK)
  default void answered(String id, ResourceKind kind, String nonce, String refusal) {}

  /// An Envoy has gone.
  default void left(String id) {}
}
