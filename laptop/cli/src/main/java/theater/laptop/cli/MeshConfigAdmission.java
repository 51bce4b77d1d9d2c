package theater.laptop.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.List;
import theater.kube.Meta;
import theater.laptop.api.admission.Admission;
import theater.mesh.translation.MeshConfigFields;

/// Tells what the ConfigMap `istio` asks for without effect here. It refuses nothing: neither does
/// Istio.
final class MeshConfigAdmission implements Admission {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private final Messages messages;

  MeshConfigAdmission(Messages messages) {
    this.messages = messages;
  }

  @Override
  public Review review(ObjectNode object) {
    if (!object.path("kind").asText().equals("ConfigMap")
        || !Meta.key(object).equals(Contexts.SYSTEM + "/istio")) {
      return Review.FINE;
    }
    String text = object.path("data").path("mesh").asText("");
    try {
      JsonNode written = YAML.readTree(text);
      if (!text.isBlank() && !written.isObject()) {
        return new Review(null, List.of(messages.text("admission.meshconfig", "")));
      }
      return new Review(
          null,
          MeshConfigFields.notModelled(written).stream()
              .map(problem -> messages.text("admission.meshfield", problem.field()))
              .toList());
    } catch (JsonProcessingException e) {
      return new Review(
          null, List.of(messages.text("admission.meshconfig", e.getOriginalMessage())));
    }
  }
}
