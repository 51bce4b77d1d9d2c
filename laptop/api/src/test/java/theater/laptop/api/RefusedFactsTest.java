package theater.laptop.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.laptop.api.admission.Admission;

/// The recorded mistakes, applied with the real kubectl: the answer is the recorded one, word for
/// word.
class RefusedFactsTest {
  private static final String DENIED =
      "admission webhook \"validation.istio.io\" denied the request: configuration is invalid: ";

  @TempDir Path folder;

  @Test
  void everyMistakeIsAnsweredAsRecorded() throws Exception {
    Path refused = Cluster.facts().resolve("refused");
    Map<String, String> different = new TreeMap<>();
    try (Cluster cluster = new Cluster(folder, RefusedFactsTest::webhook);
        Stream<Path> files = Files.list(refused)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
        String name = file.getFileName().toString().replace(".yaml", "");
        String expected = Files.readString(refused.resolve(name + ".answer.txt"));
        Cluster.Answer answer =
            expected.contains("(server dry run)")
                ? cluster.run(refused, "apply", "--dry-run=server", "-f", name + ".yaml")
                : cluster.run(refused, "apply", "-f", name + ".yaml");
        if (!answer.text().strip().equals(expected.strip())) {
          different.put(name, "got " + answer.text().strip() + "\nexpected " + expected.strip());
        }
      }
    }
    assertThat(different).isEmpty();
  }

  /// Three of Istio's rules, for the form of such an answer. The real ones are mesh/translation's
  /// ConfigCheck, which the launcher plugs in.
  private static Admission.Review webhook(ObjectNode object) {
    for (JsonNode rule : object.path("spec").path("http")) {
      int sum = 0;
      for (JsonNode route : rule.path("route")) {
        int weight = route.path("weight").asInt(1);
        if (weight < 0) {
          return new Admission.Review(DENIED + "weight " + weight + " < 0", List.of());
        }
        sum += weight;
      }
      if (rule.path("route").isEmpty()) {
        return new Admission.Review(
            DENIED + "HTTP route, redirect or direct_response is required", List.of());
      }
      if (sum == 0) {
        return new Admission.Review(DENIED + "total destination weight = 0", List.of());
      }
    }
    return Admission.Review.FINE;
  }
}
