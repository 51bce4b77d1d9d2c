package theater.laptop.api.structural;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Objects against a structural schema: what is refused.
class StructuralCheckTest {
  private static final String SCHEMA =
      """
      type: object
      required: [spec]
      properties:
        spec:
          type: object
          properties:
            size: {type: integer, minimum: 1, maximum: 9, multipleOf: 2, default: 4}
            share: {type: number, minimum: 0, exclusiveMinimum: true}
            name: {type: string, minLength: 2, maxLength: 5, pattern: '^a'}
            color: {type: string, enum: [red, green], nullable: true}
            when: {type: string, format: date-time}
            port: {x-kubernetes-int-or-string: true}
            tags: {type: array, maxItems: 2, x-kubernetes-list-type: set, items: {type: string}}
            rows:
              type: array
              x-kubernetes-list-type: map
              x-kubernetes-list-map-keys: [name]
              items:
                type: object
                required: [name]
                properties: {name: {type: string}, depth: {type: integer, default: 1}}
            labels: {type: object, additionalProperties: {type: string}}
            free: {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {known: {type: object}}}
            either:
              type: object
              properties: {a: {type: string}, b: {type: string}}
              oneOf: [{required: [a]}, {required: [b]}]
            template:
              type: object
              x-kubernetes-embedded-resource: true
              properties: {spec: {type: object}}
      """;

  @Test
  void eachWrongValueIsNamedInTheServersWords() {
    refused(
        "{size: x}",
        "spec.size: Invalid value: \"string\": spec.size in body must be of type integer: \"string\"");
    refused(
        "{size: 12}",
        "spec.size: Invalid value: 12: spec.size in body should be less than or equal to 9");
    refused(
        "{size: 3}", "spec.size: Invalid value: 3: spec.size in body should be a multiple of 2");
    refused(
        "{share: 0}", "spec.share: Invalid value: 0: spec.share in body should be greater than 0");
    refused(
        "{name: a}",
        "spec.name: Invalid value: \"a\": spec.name in body should be at least 2 chars long");
    refused("{name: bb}", "spec.name: Invalid value: \"bb\": spec.name in body should match '^a'");
    refused("{name: aaaaaa}", "spec.name: Too long: may not be more than 5 bytes");
    refused(
        "{color: blue}",
        "spec.color: Unsupported value: \"blue\": supported values: \"red\", \"green\"");
    refused(
        "{when: today}",
        "spec.when: Invalid value: \"today\": spec.when in body must be of type date-time: \"today\"");
    refused(
        "{port: true}",
        "spec.port: Invalid value: \"boolean\": spec.port in body must be of type integer,string: \"boolean\"");
    refused("{tags: [a, b, c]}", "spec.tags: Too many: 3: must have at most 2 items");
    refused("{tags: [a, a]}", "spec.tags[1]: Duplicate value: \"a\"");
    refused("{rows: [{name: a}, {name: a}]}", "spec.rows[1]: Duplicate value: {\"name\":\"a\"}");
    refused("{rows: [{depth: 1}]}", "spec.rows[0].name: Required value");
    refused(
        "{labels: {a: 1}}",
        "spec.labels.a: Invalid value: \"integer\": spec.labels.a in body must be of type string: \"integer\"");
    refused(
        "{either: {}}",
        "<nil>: Invalid value: \"\": \"spec.either\" must validate one and only one schema (oneOf). Found none valid");
    refused(
        "{either: {a: x, b: x}}",
        "<nil>: Invalid value: \"\": \"spec.either\" must validate one and only one schema (oneOf). Found 2 valid alternatives");
    refused(
        "{template: {kind: Pod}}", "spec.template.apiVersion: Required value: must not be empty");
    assertThat(causes("{metadata: {name: x}}")).containsExactly("spec: Required value");
  }

  @Test
  void valuesThatFitAreNotRefused() {
    for (String spec :
        List.of(
            "{size: 8, share: 0.5, name: abc, color: red}",
            "{size: 4.0, color: null, when: '2026-01-02T03:04:05+09:00'}",
            "{port: 80, tags: [a, b], rows: [{name: a}, {name: b}], labels: {a: b}}",
            "{port: http, free: {anything: [1, {a: b}]}, either: {a: x}}")) {
      assertThat(causes("spec: " + spec)).as(spec).isEmpty();
    }
  }

  @Test
  void formatsAreChecked() {
    for (String[] each :
        new String[][] {
          {"date", "2026-02-28", "2026-02-30"},
          {"duration", "1m30s", "soon"},
          {"byte", "aGk=", "?"},
          {"uri", "https://example.com/a", "a b"},
          {"email", "a@example.com", "example.com"},
          {"hostname", "a.example.com", "-a"},
          {"ipv4", "10.0.0.1", "10.0.0.256"},
          {"ipv6", "fe80::1", "fe80::x"},
          {"cidr", "10.0.0.0/8", "10.0.0.0/33"},
          {"mac", "00:11:22:aa:bb:cc", "00:11"},
          {"uuid", "a8098c1a-f86e-11da-bd1a-00112444be1e", "a8098c1a"},
        }) {
      assertThat(Formats.fits(each[1], each[0])).as(each[1]).isTrue();
      assertThat(Formats.fits(each[2], each[0])).as(each[2]).isFalse();
    }
    assertThat(Formats.fits("anything", "a-format-of-tomorrow")).isTrue();
  }

  private static void refused(String spec, String expected) {
    assertThat(causes("spec: " + spec)).containsExactly(expected);
  }

  private static List<String> causes(String object) {
    return StructuralCheck.check(yaml(object), yaml(SCHEMA)).stream()
        .map(cause -> cause.field() + ": " + cause.message())
        .toList();
  }

  private static ObjectNode yaml(String text) {
    try {
      return (ObjectNode) new YAMLMapper().readTree(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
