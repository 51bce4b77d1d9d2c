package theater.laptop.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.status.Cause;

/// Rules of Istio's definitions that look at several fields.
final class CustomRules {
  private CustomRules() {}

  static void check(Kind kind, ObjectNode object, List<Cause> causes) {
    JsonNode spec = object.path("spec");
    switch (kind.kind()) {
      case "PeerAuthentication" -> {
        JsonNode labels = spec.path("selector").path("matchLabels");
        if (!spec.path("portLevelMtls").isEmpty() && labels.isEmpty()) {
          causes.add(
              new Cause(
                  "FieldValueInvalid", "Invalid value: portLevelMtls requires selector", "spec"));
        }
      }
      case "RequestAuthentication" -> {
        for (int i = 0; i < spec.path("jwtRules").size(); i++) {
          JsonNode rule = spec.path("jwtRules").get(i);
          if (rule.has("jwks") && (rule.has("jwksUri") || rule.has("jwks_uri"))) {
            causes.add(
                new Cause(
                    "FieldValueInvalid",
                    "Invalid value: only one of jwks or jwksUri can be set",
                    "spec.jwtRules[" + i + "]"));
          }
        }
      }
      default -> {}
    }
  }
}
