package theater.laptop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import theater.kube.Meta;
import theater.laptop.api.admission.Admission;
import theater.laptop.api.definition.Definitions;
import theater.laptop.api.kind.Kind;

/// Tells what of a CustomResourceDefinition has no effect here: all of it for a kind that is built
/// in, otherwise rules in CEL and conversion by a webhook.
final class DefinitionAdmission implements Admission {
  private static final String RULES = "x-kubernetes-validations";
  private final Messages messages;

  DefinitionAdmission(Messages messages) {
    this.messages = messages;
  }

  @Override
  public Review review(ObjectNode object) {
    if (!object.path("apiVersion").asText().equals("apiextensions.k8s.io/v1")
        || !object.path("kind").asText().equals("CustomResourceDefinition")) {
      return Review.FINE;
    }
    Optional<Kind> builtIn = Definitions.builtIn(Meta.name(object));
    if (builtIn.isPresent()) {
      return new Review(
          null, List.of(messages.text("definition.built-in", builtIn.get().qualifiedKind())));
    }
    List<String> warnings = new ArrayList<>();
    JsonNode spec = object.path("spec");
    for (int i = 0; i < spec.path("versions").size(); i++) {
      String place =
          rules(
              spec.path("versions").path(i).path("schema").path("openAPIV3Schema"),
              "spec.versions[" + i + "].schema.openAPIV3Schema");
      if (place != null) {
        warnings.add(messages.text("definition.rules", place + "." + RULES));
      }
    }
    if (spec.path("conversion").path("strategy").asText().equals("Webhook")) {
      warnings.add(messages.text("definition.webhook"));
    }
    return new Review(null, warnings);
  }

  /// Where the first rule in CEL is; null for none.
  private static String rules(JsonNode schema, String path) {
    if (!schema.path(RULES).isEmpty()) {
      return path;
    }
    String found = null;
    for (var property : schema.path("properties").properties()) {
      found =
          found == null
              ? rules(property.getValue(), path + ".properties[" + property.getKey() + "]")
              : found;
    }
    for (String part : List.of("items", "additionalProperties")) {
      found =
          found == null && schema.path(part).isObject()
              ? rules(schema.get(part), path + "." + part)
              : found;
    }
    return found;
  }
}
