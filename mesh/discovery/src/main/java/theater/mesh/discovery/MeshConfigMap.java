package theater.mesh.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import theater.kube.Meta;
import theater.mesh.view.MeshSettings;

/// The ConfigMap `istio` of the root namespace: key `mesh` holds a MeshConfig in YAML, as in a real
/// Istio. Text that is no YAML counts as nothing said; the last good one is kept.
final class MeshConfigMap {
  static final String NAMESPACE = "istio-system";
  private static final Logger LOG = System.getLogger(MeshConfigMap.class.getName());
  private static final String NAME = "istio";
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private String text = "";
  private MeshSettings settings = MeshSettings.DEFAULT;

  MeshSettings read(List<ObjectNode> configMaps) {
    String now =
        configMaps.stream()
            .filter(map -> Meta.name(map).equals(NAME) && Meta.namespace(map).equals(NAMESPACE))
            .map(map -> map.path("data").path("mesh").asText(""))
            .findFirst()
            .orElse("");
    if (!now.equals(text)) {
      text = now;
      try {
        JsonNode written = YAML.readTree(now);
        if (now.isBlank() || written.isObject()) {
          settings = now.isBlank() ? MeshSettings.DEFAULT : MeshSettings.DEFAULT.with(written);
        } else {
          LOG.log(Level.WARNING, "ConfigMap istio: data.mesh is no object; nothing changes");
        }
      } catch (JsonProcessingException e) {
        LOG.log(
            Level.WARNING, "ConfigMap istio: data.mesh is no YAML: {0}", e.getOriginalMessage());
      }
    }
    return settings;
  }
}
