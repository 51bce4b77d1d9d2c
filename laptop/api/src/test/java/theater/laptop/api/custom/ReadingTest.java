package theater.laptop.api.custom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Objects read by a structural schema: what is taken out and filled in.
class ReadingTest {
  private static final String SCHEMA =
      """
      type: object
      properties:
        spec:
          type: object
          properties:
            size: {type: integer, default: 4}
            name: {type: string}
            color: {type: string, nullable: true}
            rows:
              type: array
              items:
                type: object
                properties: {name: {type: string}, depth: {type: integer, default: 1}}
            labels: {type: object, additionalProperties: {type: string}}
            free: {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {known: {type: object}}}
            template:
              type: object
              x-kubernetes-embedded-resource: true
              properties: {spec: {type: object}}
      """;

  @Test
  void unknownFieldsGoUnlessTheSchemaKeepsThem() {
    ObjectNode object =
        yaml(
            """
            apiVersion: v1
            kind: K
            metadata: {name: x, anything: kept}
            more: 1
            spec:
              typo: 1
              rows: [{name: a, dept: 1}]
              labels: {any: key}
              free: {any: {key: 1}, known: {gone: 1}}
              template: {apiVersion: v1, kind: Pod, metadata: {name: y}, spec: {a: 1}, other: 1}
            """);
    List<String> unknown = new ArrayList<>();
    Pruning.prune(object, yaml(SCHEMA), unknown);
    assertThat(unknown)
        .containsExactly(
            "more",
            "spec.typo",
            "spec.rows[0].dept",
            "spec.free.known.gone",
            "spec.template.spec.a",
            "spec.template.other");
    assertThat(object.path("spec"))
        .isEqualTo(
            yaml(
                """
                rows: [{name: a}]
                labels: {any: key}
                free: {any: {key: 1}, known: {}}
                template: {apiVersion: v1, kind: Pod, metadata: {name: y}, spec: {}}
                """));
  }

  @Test
  void defaultsFillWhatIsAbsentAndReplaceNullsThatAreNotAllowed() {
    ObjectNode object =
        yaml("spec: {size: null, name: null, color: null, rows: [{name: a}, {name: b, depth: 7}]}");
    Defaulting.apply(object, yaml(SCHEMA));
    assertThat(object.path("spec"))
        .isEqualTo(
            yaml("{color: null, size: 4, rows: [{name: a, depth: 1}, {name: b, depth: 7}]}"));
    assertThat(Defaulting.any(yaml(SCHEMA))).isTrue();
    assertThat(Defaulting.any(yaml("{type: object, properties: {a: {type: string}}}"))).isFalse();
  }

  private static ObjectNode yaml(String text) {
    try {
      return (ObjectNode) new YAMLMapper().readTree(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
