package theater.laptop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import theater.mesh.view.MeshSettings;

/// The ConfigMap `istio` that every context begins with, which `istioctl x describe` reads.
class PreinstalledMeshConfigTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @Test
  void itSaysWhatActsWithoutIt() throws Exception {
    ObjectNode map = read();
    JsonNode mesh = YAML.readTree(map.path("data").path("mesh").asText());
    MeshSettings said = MeshSettings.DEFAULT.with(mesh);
    assertThat(said.trustDomain()).isEqualTo(MeshSettings.DEFAULT.trustDomain());
    assertThat(said.rootNamespace()).isEqualTo(MeshSettings.DEFAULT.rootNamespace());
    assertThat(said.registryOnly()).isEqualTo(MeshSettings.DEFAULT.registryOnly());
    assertThat(mesh.properties()).hasSize(3);
  }

  @Test
  void nothingInItIsWithoutEffect() throws Exception {
    assertThat(new MeshConfigAdmission(Messages.in(Locale.ENGLISH)).review(read()).warnings())
        .isEmpty();
  }

  private static ObjectNode read() throws Exception {
    Path file = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(file.resolve("laptop/preinstalled"))) {
      file = file.getParent();
    }
    return (ObjectNode)
        YAML.readTree(Files.readString(file.resolve("laptop/preinstalled/base/meshconfig.yaml")));
  }
}
