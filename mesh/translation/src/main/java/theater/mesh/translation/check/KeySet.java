package theater.mesh.translation.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;

/// Whether a text can be a set of keys at all (RFC 7517), as the webhook looks at it. Whether Envoy
/// could use them is another question.
final class KeySet {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TYPES = List.of("RSA", "EC", "oct", "OKP");
  private static final String FAILED = "failed to unmarshal JWK set: ";

  private KeySet() {}

  /// What is wrong with it.
  static Optional<String> problem(String text) {
    JsonNode set;
    try {
      set = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return Optional.of(FAILED + "it is no JSON: " + e.getOriginalMessage());
    }
    if (!set.isObject()) {
      return Optional.of(FAILED + "expected an object, got " + set);
    }
    if (!set.has("keys")) {
      return type(set, "failed to parse sole key in key set: ");
    }
    for (JsonNode key : set.path("keys")) {
      Optional<String> wrong = type(key, "failed to parse key in key set: ");
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> type(JsonNode key, String where) {
    String type = key.path("kty").asText("");
    return TYPES.contains(type)
        ? Optional.empty()
        : Optional.of(FAILED + where + "invalid key type from JSON (" + type + ")");
  }
}
