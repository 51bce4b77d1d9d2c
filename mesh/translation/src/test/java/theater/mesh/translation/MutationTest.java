package theater.mesh.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import theater.mesh.view.ConfigObject;

/// Whatever stands where something else should: the translation and the check never throw, and
/// equal input gives equal output.
class MutationTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> ODD =
      List.of(
          "\"x\"",
          "\"\"",
          "-1",
          "99999999999999999999",
          "0.5",
          "true",
          "null",
          "[]",
          "{}",
          "[[]]",
          "\"(\"",
          "{\"\":{}}");

  @Test
  void nothingThatStandsInASpecThrows() throws IOException {
    int tried = 0;
    try (Stream<Path> cases = Files.list(GoldenTest.FOLDER)) {
      for (Path one : cases.sorted().toList()) {
        String yaml = Files.readString(one.resolve("input.yaml"));
        List<ConfigObject> objects = Cinema.objects(yaml);
        for (int i = 0; i < objects.size(); i++) {
          tried += mutate(objects, i, GoldenTest.option(yaml, "proxy", "api-gateway"));
        }
      }
    }
    assertThat(tried).isGreaterThan(500);
  }

  private static int mutate(List<ConfigObject> objects, int index, String proxy)
      throws IOException {
    ConfigObject original = objects.get(index);
    List<JsonPointer> places = new ArrayList<>();
    collect(original.spec(), JsonPointer.empty(), places);
    int tried = 0;
    for (JsonPointer place : places) {
      for (String odd : ODD) {
        JsonNode spec = replaced(original.spec().deepCopy(), place, JSON.readTree(odd));
        ConfigObject changed =
            new ConfigObject(
                original.apiVersion(),
                original.kind(),
                original.namespace(),
                original.name(),
                original.created(),
                original.labels(),
                original.annotations(),
                spec);
        List<ConfigObject> all = new ArrayList<>(objects);
        all.set(index, changed);
        assertThatCode(
                () -> {
                  EnvoyConfig first =
                      new Translation().translate(Cinema.view(all), Cinema.proxy(proxy));
                  assertThat(first)
                      .isEqualTo(
                          new Translation().translate(Cinema.view(all), Cinema.proxy(proxy)));
                  new ConfigCheck().check(changed);
                })
            .as(original.kind() + " " + original.name() + " with " + odd + " at " + place)
            .doesNotThrowAnyException();
        tried++;
      }
    }
    return tried;
  }

  private static JsonNode replaced(JsonNode root, JsonPointer place, JsonNode odd) {
    if (place.matches()) {
      return odd;
    }
    JsonNode parent = root.at(place.head());
    if (parent instanceof ArrayNode list) {
      list.set(place.last().getMatchingIndex(), odd);
    } else if (parent instanceof ObjectNode object) {
      object.set(place.last().getMatchingProperty(), odd);
    }
    return root;
  }

  private static void collect(JsonNode node, JsonPointer at, List<JsonPointer> places) {
    places.add(at);
    if (node.isObject()) {
      node.properties()
          .forEach(field -> collect(field.getValue(), at.appendProperty(field.getKey()), places));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(node.get(i), at.appendIndex(i), places);
      }
    }
  }
}
