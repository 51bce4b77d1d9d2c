package theater.mesh.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import theater.mesh.view.MeshSettings;

/// Mesh-wide settings (Istio: MeshConfig) as a case brings them: `outboundTrafficPolicy.mode` and
/// `defaultHttpRetryPolicy`. Others are told and have no effect.
final class MeshFile {
  private MeshFile() {}

  static MeshSettings read(Path file, MeshSettings before, PrintStream err) throws IOException {
    JsonNode root = YamlDocuments.readOne(file);
    root.fieldNames()
        .forEachRemaining(name -> {
          if (!name.equals("outboundTrafficPolicy") && !name.equals("defaultHttpRetryPolicy")) {
            err.println(
                "NOT_MODELLED MeshConfig " + name + ": is not modelled yet and has no effect");
          }
        });
    boolean registryOnly =
        root.path("outboundTrafficPolicy").path("mode").asText("").equals("REGISTRY_ONLY");
    return new MeshSettings(
        before.trustDomain(),
        before.domainSuffix(),
        before.rootNamespace(),
        registryOnly,
        root.path("defaultHttpRetryPolicy"));
  }
}
