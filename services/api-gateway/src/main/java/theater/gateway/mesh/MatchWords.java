package theater.gateway.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// A condition of a rule as a person writes it, in no language: `x-target: ctx2`, `!x-canary`,
/// `POST`, `/users/…`; all of several are joined by ` + `. A regex stands as `~ …`.
final class MatchWords {
  private final List<String> words = new ArrayList<>();

  private MatchWords() {}

  /// Istio: HTTPMatchRequest, without what a caller is (labels, ports): that is settled before.
  static String of(JsonNode match) {
    MatchWords all = new MatchWords();
    match.path("headers").properties().forEach(e -> all.named("", e.getKey(), e.getValue()));
    match
        .path("withoutHeaders")
        .properties()
        .forEach(e -> all.named("!", e.getKey(), e.getValue()));
    match.path("queryParams").properties().forEach(e -> all.named("?", e.getKey(), e.getValue()));
    for (String part : List.of("method", "uri", "authority", "scheme")) {
      if (match.has(part)) {
        all.words.add(value(match.get(part)));
      }
    }
    return String.join(" + ", all.words);
  }

  private void named(String sign, String name, JsonNode match) {
    String value = value(match);
    words.add(sign + name + (value.isEmpty() ? "" : ": " + value));
  }

  private static String value(JsonNode match) {
    if (match.hasNonNull("exact")) {
      return match.get("exact").asText();
    }
    if (match.hasNonNull("prefix")) {
      return match.get("prefix").asText() + "…";
    }
    return match.hasNonNull("regex") ? "~ " + match.get("regex").asText() : "";
  }
}
