package theater.mesh.world;

import java.io.IOException;
import java.nio.file.Path;
import theater.mesh.view.MeshSettings;

/// Mesh-wide settings (Istio: MeshConfig) as a case brings them.
final class MeshFile {
  private MeshFile() {}

  static MeshSettings read(Path file, MeshSettings before) throws IOException {
    return before.with(YamlDocuments.readOne(file));
  }
}
