package theater.laptop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import theater.laptop.api.admission.Admission.Review;

/// Documents with mistakes, in the steps of the API server: what a real API server's schema refuses
/// is refused naming the same fields, and what Istio's webhook refuses is refused in its words.
class ValidationFactsTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String DENIED =
      "admission webhook \"validation.istio.io\" denied the request: ";
  private static final Pattern FIELD = Pattern.compile("spec(\\.[A-Za-z0-9]+|\\[\\d+])*");
  private final MeshAdmission webhook = new MeshAdmission(Locale.ENGLISH, Optional::empty);
  private final FileCheck steps = new FileCheck(Messages.in(Locale.ENGLISH), Locale.ENGLISH);
  private final List<String> wrong = new ArrayList<>();

  @Test
  void everyMistakeIsJudgedAsRecorded() throws IOException {
    Path facts = facts();
    assumeTrue(facts != null, "skipped: no shared/istio-facts above this folder");
    int documents = 0;
    for (JsonNode result : new ObjectMapper().readTree(facts.resolve("results.json").toFile())) {
      documents++;
      String name = result.path("input").asText();
      ObjectNode object = read(facts.resolve(name + ".yaml"));
      if (object == null || !result.path("yaml").isNull()) {
        assertThat(object == null && !result.path("yaml").isNull()).as(name).isTrue();
      } else {
        schema(name, object, result.path("crd"));
        webhook(name, object, result);
      }
    }
    System.out.printf(
        "validation: %d documents, columns crd and webhook: %d differences%n",
        documents, wrong.size());
    assertThat(documents).isGreaterThan(60);
    assertThat(wrong).isEmpty();
  }

  private void schema(String name, ObjectNode object, JsonNode recorded) {
    Review review = steps.review(object.deepCopy(), webhook);
    String refusal = review.refusal() == null ? "" : review.refusal();
    boolean refused = !refusal.isEmpty() && !refusal.startsWith(DENIED);
    expect(name + " crd", recorded.path(0).asText().equals("REJECT"), refused, refusal);
    Matcher field = FIELD.matcher(recorded.path(1).asText());
    while (refused && field.find()) {
      if (!refusal.contains(field.group())) {
        wrong.add(name + " crd: expected " + field.group() + " to be named, was " + refusal);
      }
    }
  }

  /// What cannot be decoded never reaches our webhook: the schema refuses it before.
  private void webhook(String name, ObjectNode object, JsonNode result) {
    String text = result.path("webhook").path(1).asText();
    boolean refused = result.path("webhook").path(0).asText().equals("REJECT");
    Review review =
        text.startsWith("error decoding")
            ? steps.review(object.deepCopy(), webhook)
            : webhook.review(object.deepCopy());
    String refusal = review.refusal() == null ? "" : review.refusal();
    expect(name + " webhook", refused, !refusal.isEmpty(), refusal);
    if (refused && !text.startsWith("error decoding") && !refusal.equals(DENIED + text)) {
      wrong.add(name + " webhook: expected \"" + text + "\", was \"" + refusal + "\"");
    }
    if (result.path("webhook").path(0).asText().equals("warn")
        && !review.warnings().contains(text)) {
      wrong.add(name + " webhook: expected to warn \"" + text + "\", was " + review.warnings());
    }
  }

  private void expect(String what, boolean expected, boolean was, String refusal) {
    if (expected != was) {
      wrong.add(
          what
              + ": expected "
              + (expected ? "to be refused" : "to be accepted")
              + (refusal.isEmpty() ? "" : ", was: " + refusal));
    }
  }

  private static ObjectNode read(Path file) throws IOException {
    try {
      return (ObjectNode) YAML.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static Path facts() {
    for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
      if (Files.isDirectory(above.resolve("shared/istio-facts/validation"))) {
        return above.resolve("shared/istio-facts/validation");
      }
    }
    return null;
  }
}
