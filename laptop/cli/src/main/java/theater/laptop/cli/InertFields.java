package theater.laptop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import theater.laptop.api.admission.Admission;

/// Tells of fields of pods and Services that are kept and shown but change nothing here, where a
/// learner would wait for what a real cluster makes of them.
final class InertFields implements Admission {
  private static final List<String> ONE_NODE =
      List.of("affinity.podAffinity", "affinity.podAntiAffinity", "topologySpreadConstraints");
  private final Messages messages;

  InertFields(Messages messages) {
    this.messages = messages;
  }

  @Override
  public Review review(ObjectNode object) {
    List<String> warnings = new ArrayList<>();
    JsonNode spec = object.path("spec");
    switch (object.path("apiVersion").asText() + "/" + object.path("kind").asText()) {
      case "v1/Pod" -> pod(spec, "spec", warnings);
      case "apps/v1/Deployment", "apps/v1/ReplicaSet" ->
          pod(spec.path("template").path("spec"), "spec.template.spec", warnings);
      case "v1/Service" -> {
        if (spec.path("type").asText().equals("NodePort")) {
          tell("nodeport", "spec.type: NodePort", warnings);
        }
      }
      default -> {}
    }
    return new Review(null, warnings);
  }

  private void pod(JsonNode spec, String path, List<String> warnings) {
    for (String field : ONE_NODE) {
      if (!spec.at("/" + field.replace('.', '/')).isEmpty()) {
        tell("onenode", path + "." + field, warnings);
      }
    }
    for (int i = 0; i < spec.path("containers").size(); i++) {
      JsonNode container = spec.path("containers").get(i);
      String at = path + ".containers[" + i + "]";
      if (!container.at("/lifecycle/postStart").isEmpty()) {
        tell("hook", at + ".lifecycle.postStart", warnings);
      }
      if (!container.at("/lifecycle/preStop/httpGet").isEmpty()) {
        tell("hook", at + ".lifecycle.preStop.httpGet", warnings);
      }
      for (int j = 0; j < container.path("ports").size(); j++) {
        if (container.path("ports").get(j).hasNonNull("hostPort")) {
          tell("hostport", at + ".ports[" + j + "].hostPort", warnings);
        }
      }
    }
  }

  private void tell(String why, String field, List<String> warnings) {
    warnings.add(messages.text("inert", field, messages.text("inert." + why)));
  }
}
