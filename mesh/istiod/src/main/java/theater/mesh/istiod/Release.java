package theater.mesh.istiod;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What this control plane calls itself: the release of Istio that it follows, and that it is not
/// Istio's.
final class Release {
  /// The release of Istio whose behaviour is followed.
  static final String VERSION = "1.29.6-theater";

  private static final String REVISION = "laptop";
  private static final String STATUS = "Clean";

  private Release() {}

  /// As `GET /version` of istiod's port 15014 says it: `VERSION-REVISION-STATUS`.
  static String line() {
    return VERSION + "-" + REVISION + "-" + STATUS;
  }

  /// The identifier in xDS responses (Istio: IstioControlPlaneInstance).
  ///
  /// @param instance name of istiod's pod
  static String identifier(String instance) {
    ObjectNode identifier = JsonNodeFactory.instance.objectNode();
    identifier.put("Component", "istiod").put("ID", instance);
    identifier
        .putObject("Info")
        .put("version", VERSION)
        .put("revision", REVISION)
        .put("golang_version", "")
        .put("status", STATUS)
        .put("tag", VERSION);
    return identifier.toString();
  }
}
