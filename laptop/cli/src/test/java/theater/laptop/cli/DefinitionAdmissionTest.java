package theater.laptop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class DefinitionAdmissionTest {
  private static final String OWN =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: seats.example.com}
      spec:
        conversion: {strategy: %s}
        versions: [{name: v1, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: array, items: {type: object%s}}}}}}]
      """;

  @Test
  void rulesAndWebhooksAreTold() throws IOException {
    assertThat(warnings(OWN.formatted("None", ""))).isEmpty();
    assertThat(warnings(OWN.formatted("Webhook", ", x-kubernetes-validations: [{rule: 'true'}]")))
        .satisfiesExactly(
            rules ->
                assertThat(rules)
                    .startsWith(
                        "spec.versions[0].schema.openAPIV3Schema.properties[spec].items.x-kubernetes-validations: rules in CEL are not evaluated"),
            webhook ->
                assertThat(webhook).startsWith("spec.conversion: the webhook is not called"));
  }

  @Test
  void aKindOfThePlatformIsToldToStay() throws IOException {
    assertThat(
            warnings(
                "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: gateways.networking.istio.io}}"))
        .containsExactly(
            "Gateway.networking.istio.io is built into this platform: it stays as it is, this definition only replaces the one that is shown. Its fields: kubectl explain.");
  }

  private static List<String> warnings(String yaml) throws IOException {
    ObjectNode object = (ObjectNode) new ObjectMapper(new YAMLFactory()).readTree(yaml);
    return new DefinitionAdmission(Messages.in(Locale.ENGLISH)).review(object).warnings();
  }
}
