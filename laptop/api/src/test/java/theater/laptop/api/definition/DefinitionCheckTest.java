package theater.laptop.api.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// CustomResourceDefinitions that a real server refuses, with its words.
class DefinitionCheckTest {
  private static final String SCHEMA = "spec.versions[0].schema.openAPIV3Schema";
  private static final String VERSION =
      "{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}";

  @Test
  void aGoodDefinitionIsNotRefused() {
    assertThat(causes(definition("names: {plural: things, kind: Thing}", VERSION))).isEmpty();
    BuiltInDefinitions.all()
        .forEach(each -> {
          Definitions.defaults(each);
          assertThat(DefinitionCheck.check(each, null)).as(each.toString()).isEmpty();
        });
  }

  @Test
  void namesMustFit() {
    assertThat(causes(definition("names: {plural: items, kind: Thing}", VERSION)))
        .containsExactly(
            "metadata.name: Invalid value: \"things.example.com\": must be spec.names.plural+\".\"+spec.group");
    assertThat(causes(definition("names: {plural: things, kind: Thing, listKind: Thing}", VERSION)))
        .containsExactly(
            "spec.names.listKind: Invalid value: \"Thing\": kind and listKind may not be the same");
    assertThat(causes(definition("names: {plural: things}", VERSION)))
        .contains(
            "spec.names.kind: Required value",
            "spec.names.singular: Required value",
            "spec.names.listKind: Required value");
    assertThat(causes(definition("names: {plural: things, kind: 2Thing}", VERSION)))
        .anyMatch(text ->
            text.startsWith(
                "spec.names.kind: Invalid value: \"2Thing\": may have mixed case, but should otherwise match: a DNS-1035 label"));
  }

  @Test
  void groupsOfKubernetesNeedAnApproval() {
    ObjectNode object = definition("names: {plural: things, kind: Thing}", VERSION);
    ((ObjectNode) object.path("spec")).put("group", "x.k8s.io");
    ((ObjectNode) object.path("metadata")).put("name", "things.x.k8s.io");
    assertThat(causes(object))
        .containsExactly(
            "metadata.annotations[api-approved.kubernetes.io]: Required value: protected groups must have approval annotation"
                + " \"api-approved.kubernetes.io\", see https://github.com/kubernetes/enhancements/pull/1111");
  }

  @Test
  void exactlyOneVersionIsStored() {
    String second = VERSION.replace("v1", "v2");
    assertThat(causes(definition("names: {plural: things, kind: Thing}", VERSION + "," + second)))
        .singleElement()
        .asString()
        .startsWith("spec.versions: Invalid value: ")
        .endsWith(": must have exactly one version marked as storage version");
    assertThat(
            causes(
                definition(
                    "names: {plural: things, kind: Thing}",
                    "{name: v1, served: true, storage: true}")))
        .containsExactly(SCHEMA + ": Required value: schemas are required");
  }

  @Test
  void aSchemaIsStructural() {
    assertThat(structural("{type: string}"))
        .containsExactly(SCHEMA + ".type: Invalid value: \"string\": must be object at the root");
    assertThat(structural("{}"))
        .containsExactly(SCHEMA + ".type: Required value: must not be empty at the root");
    assertThat(property("{type: array}"))
        .containsExactly(at(".items: Required value: must be specified"));
    assertThat(property("{type: array, items: {}}"))
        .containsExactly(
            at(".items.type: Required value: must not be empty for specified array items"));
    assertThat(property("{description: x}"))
        .containsExactly(
            at(".type: Required value: must not be empty for specified object fields"));
    assertThat(property("{type: text}"))
        .containsExactly(
            at(
                ".type: Unsupported value: \"text\": supported values: \"array\", \"boolean\", \"integer\", \"number\", \"object\", \"string\""));
    assertThat(
            property(
                "{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}"))
        .containsExactly(
            at(
                ".additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive"));
    assertThat(property("{type: string, anyOf: [{type: string}]}"))
        .containsExactly(at(".anyOf[0].type: Forbidden: must be empty to be structural"));
    assertThat(
            property(
                "{x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}"))
        .isEmpty();
    assertThat(property("{type: string, pattern: '('}"))
        .singleElement()
        .asString()
        .startsWith(
            at(".pattern: Invalid value: \"(\": must be a valid regular expression, but isn't"));
    assertThat(property("{type: integer, default: x}"))
        .containsExactly(
            at(".default: Invalid value: \"string\": ")
                + SCHEMA
                + ".properties[a].default in body must be of type integer: \"string\"");
    assertThat(
            property(
                "{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name], items: {type: object, properties: {name: {type: string}}}}"))
        .containsExactly(
            at(
                ".items.properties[name].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property"));
  }

  @Test
  void whatIsStoredCannotBeRenamed() {
    ObjectNode old = definition("names: {plural: things, kind: Thing}", VERSION);
    Definitions.condition(old, "Established", true, "InitialNamesAccepted", "");
    ObjectNode next = definition("names: {plural: things, kind: Other}", VERSION);
    ((ObjectNode) next.path("spec")).put("scope", "Namespaced");
    assertThat(
            DefinitionCheck.check(next, old).stream()
                .map(each -> each.field() + ": " + each.message()))
        .containsExactly(
            "spec.scope: Invalid value: \"Namespaced\": field is immutable",
            "spec.names.kind: Invalid value: \"Other\": field is immutable");
  }

  private static String at(String rest) {
    return SCHEMA + ".properties[a]" + rest;
  }

  private static List<String> property(String schema) {
    return structural("{type: object, properties: {a: " + schema + "}}");
  }

  private static List<String> structural(String schema) {
    return causes(
        definition(
            "names: {plural: things, kind: Thing}",
            "{name: v1, served: true, storage: true, schema: {openAPIV3Schema: " + schema + "}}"));
  }

  private static List<String> causes(ObjectNode object) {
    return DefinitionCheck.check(object, null).stream()
        .map(each -> each.field() + ": " + each.message())
        .toList();
  }

  private static ObjectNode definition(String names, String versions) {
    try {
      ObjectNode object =
          (ObjectNode)
              new YAMLMapper()
                  .readTree(
                      """
                      metadata: {name: things.example.com}
                      spec:
                        group: example.com
                        scope: Cluster
                        %s
                        versions: [%s]
                      """
                          .formatted(names, versions));
      Definitions.defaults(object);
      return object;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
