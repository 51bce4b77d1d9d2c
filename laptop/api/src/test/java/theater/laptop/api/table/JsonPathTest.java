package theater.laptop.api.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import theater.laptop.api.json.Json;

class JsonPathTest {
  private static final String OBJECT =
      """
      {"metadata": {"labels": {"a.b/c": "dotted"}},
       "spec": {"name": "n", "list": [{"k": "a", "v": 1}, {"k": "b", "v": 2}]},
       "status": {"conditions": [{"type": "Synced", "status": "False"}, {"type": "Ready", "status": "True"}]}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          .spec.name                                     | ["n"]
          .spec.list[1].k                                | ["b"]
          .spec.list[-1].v                               | [2]
          .spec.list[*].k                                | ["a","b"]
          .spec.list[7].k                                | []
          .spec.none.k                                   | []
          .metadata.labels.a\\.b/c                       | ["dotted"]
          .metadata.labels['a\\.b/c']                    | ["dotted"]
          .status.conditions[?(@.type=="Ready")].status  | ["True"]
          .status.conditions[?(@.type=='Ready')].status  | ["True"]
          .status.conditions[?(@.type!="Ready")].status  | ["False"]
          .spec.list[?(@.v==2)].k                        | ["b"]
          spec.name                                      | []
          .spec[                                         | []
          """)
  void leadsTo(String path, String expected) throws IOException {
    JsonNode object = Json.read(OBJECT.getBytes(StandardCharsets.UTF_8));
    assertThat(JsonPath.parse(path).find(object)).hasToString(expected.replace(",", ", "));
  }
}
