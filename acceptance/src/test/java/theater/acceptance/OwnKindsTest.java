package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import theater.visitor.Context;
import theater.visitor.Shell;
import theater.visitor.Theater;

/// A learner's own CustomResourceDefinition, with the real kubectl and the controllers.
@ExtendWith(RunningTheater.class)
class OwnKindsTest {
  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: screens.cinema.example.com}
      spec:
        group: cinema.example.com
        scope: Namespaced
        names: {plural: screens, kind: Screen, shortNames: [scr]}
        versions:
        - name: v1
          served: true
          storage: true
          additionalPrinterColumns: [{name: Rows, type: integer, jsonPath: .spec.rows}]
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  required: [rows]
                  x-kubernetes-validations: [{rule: self.rows > 1}]
                  properties: {rows: {type: integer, maximum: 10, description: From the front.}}
      """;
  private static final String SCREEN =
      """
      apiVersion: cinema.example.com/v1
      kind: Screen
      metadata: {name: one, namespace: own-kinds}
      spec: {rows: 8}
      """;
  private final Context ctx1;

  OwnKindsTest(Theater theater) {
    this.ctx1 = theater.ctx1();
  }

  @AfterEach
  void remove() {
    ctx1.kubectl("delete", "crd", "screens.cinema.example.com", "--ignore-not-found");
    ctx1.kubectl("delete", "namespace", "own-kinds", "--ignore-not-found");
  }

  @Test
  void anOwnKindIsDefinedUsedAndRemoved() {
    assertThat(ctx1.apply(DEFINITION).ok().err())
        .contains("properties[spec].x-kubernetes-validations: rules in CEL are not evaluated");
    ctx1.kubectl("wait", "--for=condition=Established", "crd/screens.cinema.example.com");
    ctx1.kubectl("create", "namespace", "own-kinds");
    assertThat(apply(SCREEN).ok().out()).contains("screen.cinema.example.com/one created");
    assertThat(ctx1.kubectl("get", "scr", "-n", "own-kinds"))
        .containsPattern("NAME +ROWS")
        .containsPattern("one +8");
    assertThat(ctx1.kubectl("explain", "screen.spec.rows")).contains("From the front.");
    assertThat(apply(SCREEN.replace("8", "80")).err())
        .contains(
            "spec.rows: Invalid value: 80: spec.rows in body should be less than or equal to 10");
    assertThat(apply(SCREEN.replace("rows: 8", "rows: 8, row: 8")).err())
        .contains("strict decoding error: unknown field \"spec.row\"");
    ctx1.kubectl("delete", "namespace", "own-kinds");
    assertThat(ctx1.kubectl("get", "scr", "-A", "-o", "name")).isBlank();
    ctx1.kubectl("delete", "crd", "screens.cinema.example.com");
    assertThat(ctx1.attempt("get", "screens.v1.cinema.example.com").exit()).isEqualTo(1);
  }

  @Test
  void aDefinitionOfIstiosChangesNothingButWhatIsShown() {
    String rules = ctx1.kubectl("get", "virtualservices", "-o", "yaml");
    Shell.Outcome outcome =
        ctx1.apply(
            DEFINITION
                .replace("screens", "virtualservices")
                .replace("Screen", "VirtualService")
                .replace("[scr]", "[vs]")
                .replace("cinema.example.com", "networking.istio.io")
                .replace(
                    "versions:",
                    "versions:\n  - {name: v1beta1, served: true, storage: false, schema: {openAPIV3Schema: {type: object}}}\n"
                        + "  - {name: v1alpha3, served: true, storage: false, schema: {openAPIV3Schema: {type: object}}}"));
    assertThat(outcome.ok().err())
        .contains(
            "VirtualService.networking.istio.io is built into this platform: it stays as it is");
    assertThat(ctx1.kubectl("get", "virtualservices", "-o", "yaml")).isEqualTo(rules);
    assertThat(ctx1.attempt("delete", "crd", "virtualservices.networking.istio.io").err())
        .contains("this kind is built into the server and stays");
  }

  private Shell.Outcome apply(String yaml) {
    return ctx1.theater().kubectlWithInput(yaml, "--context", ctx1.name(), "apply", "-f", "-");
  }
}
