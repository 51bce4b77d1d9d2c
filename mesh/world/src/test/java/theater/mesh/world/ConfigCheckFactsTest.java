package theater.mesh.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import theater.mesh.translation.ConfigCheck;
import theater.mesh.translation.Verdict;

/// We refuse what Istio's webhook refuses, in its words.
class ConfigCheckFactsTest {
  private static final String INVALID = "configuration is invalid: ";
  private static final Set<String> KINDS = Set.of("VirtualService", "DestinationRule", "Gateway");

  @Test
  void refusesWhatTheWebhookRefuses() throws Exception {
    Path facts = SharedFacts.folder().orElse(null);
    assumeTrue(facts != null, SharedFacts.ABSENT);
    JsonNode results =
        new ObjectMapper().readTree(facts.resolve("validation/results.json").toFile());
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    int left = 0;
    for (JsonNode result : results) {
      Path file = facts.resolve("validation/" + result.path("input").asText() + ".yaml");
      String answer = result.path("webhook").path(0).asText();
      String text = result.path("webhook").path(1).asText();
      boolean decoding = answer.equals("REJECT") && !text.startsWith(INVALID);
      if (decoding || !Files.exists(file) || !result.path("webhook").isArray()) {
        left++; // refused before by the schema, or not YAML at all
        continue;
      }
      JsonNode document = YamlDocuments.readOne(file);
      if (!KINDS.contains(document.path("kind").asText())) {
        left++;
        continue;
      }
      Verdict verdict = new ConfigCheck().check(ConfigFiles.object(document, file));
      compared++;
      String expected = answer.equals("REJECT") ? text.substring(INVALID.length()) : "";
      if (!verdict.refusal().equals(expected)
          || answer.equals("warn") && !verdict.warnings().contains(text)) {
        wrong.add(
            result.path("input").asText()
                + ": expected \""
                + expected
                + "\", was \""
                + verdict.refusal()
                + "\" "
                + verdict.warnings());
      }
    }
    System.out.printf(
        "webhook rules: %d of %d compared hold, %d left to the schema or of other kinds%n",
        compared - wrong.size(), compared, left);
    assertThat(compared).isGreaterThan(20);
    assertThat(wrong).isEmpty();
  }
}
