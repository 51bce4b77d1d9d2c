package theater.laptop.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The real kubectl and a learner's own CustomResourceDefinition.
class KubectlDefinitionTest extends KubectlShop {
  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: seats.cinema.example.com}
      spec:
        group: cinema.example.com
        scope: Namespaced
        names: {plural: seats, kind: Seat, shortNames: [st], categories: [cinema]}
        versions:
        - name: v1
          served: true
          storage: true
          subresources:
            status: {}
            scale: {specReplicasPath: .spec.count, statusReplicasPath: .status.count}
          additionalPrinterColumns:
          - {name: Row, type: string, jsonPath: .spec.row}
          - {name: Count, type: integer, jsonPath: .spec.count, priority: 1}
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  required: [row]
                  properties:
                    row: {type: string, description: A letter., pattern: '^[A-J]$'}
                    count: {type: integer, default: 1}
                    guests:
                      type: array
                      x-kubernetes-list-type: map
                      x-kubernetes-list-map-keys: [name]
                      items: {type: object, required: [name], properties: {name: {type: string}, age: {type: integer}}}
                status: {type: object, properties: {count: {type: integer}}}
        - {name: v1alpha1, served: true, storage: false, deprecated: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
      """;
  private static final String SEAT =
      """
      apiVersion: cinema.example.com/v1
      kind: Seat
      metadata: {name: best, namespace: default}
      spec: {row: E, guests: [{name: kim}]}
      """;

  @BeforeEach
  void define() throws Exception {
    Files.writeString(folder.resolve("seats.yaml"), DEFINITION);
    Files.writeString(folder.resolve("seat.yaml"), SEAT);
    ok("apply", "-f", "seats.yaml");
    ok("wait", "--for=condition=Established", "crd/seats.cinema.example.com", "--timeout=30s");
  }

  @Test
  void objectsOfAnOwnKindAreLikeAllOthers() throws Exception {
    assertThat(ok("apply", "-f", "seat.yaml")).contains("seat.cinema.example.com/best created");
    assertThat(ok("apply", "-f", "seat.yaml")).contains("unchanged");
    assertThat(ok("get", "st").lines().map(line -> line.strip().split(" +")))
        .containsExactly(new String[] {"NAME", "ROW"}, new String[] {"best", "E"});
    assertThat(ok("get", "cinema", "-o", "wide")).contains("COUNT").containsPattern("best +E +1");
    assertThat(ok("api-resources", "--api-group=cinema.example.com", "-o", "wide"))
        .containsPattern("seats +st +cinema.example.com/v1 +true +Seat .*cinema");
    assertThat(ok("explain", "seat.spec.row")).contains("row <string>", "A letter.");
    assertThat(ok("get", "--raw", "/openapi/v2"))
        .contains("\"cinema.example.com.v1.Seat\"", "\"#/definitions/ObjectMeta\"")
        .doesNotContain("#/components");
    assertThat(ok("get", "seats.v1alpha1.cinema.example.com", "best", "-o", "yaml"))
        .contains("apiVersion: cinema.example.com/v1alpha1", "Seat is deprecated");
    ok("scale", "st", "best", "--replicas=3");
    ok(
        "patch",
        "st",
        "best",
        "--subresource=status",
        "--type=merge",
        "-p",
        "{\"status\":{\"count\":2}}");
    assertThat(
            ok(
                "get",
                "st",
                "best",
                "-o",
                "jsonpath={.spec.count} {.status.count} {.metadata.generation}"))
        .isEqualTo("3 2 2");
    assertThat(fails("patch", "st", "best", "--type=merge", "-p", "{\"spec\":{\"row\":\"Z\"}}"))
        .contains("spec.row: Invalid value: \"Z\": spec.row in body should match '^[A-J]$'");
    Files.writeString(folder.resolve("typo.yaml"), SEAT.replace("row: E", "row: E, colour: red"));
    assertThat(fails("apply", "-f", "typo.yaml"))
        .contains("strict decoding error: unknown field \"spec.colour\"");
  }

  @Test
  void serverSideApplyMergesListsByTheirKeys() throws Exception {
    ok("apply", "--server-side", "-f", "seat.yaml");
    Files.writeString(
        folder.resolve("other.yaml"), SEAT.replace("{name: kim}", "{name: lee, age: 9}"));
    ok("apply", "--server-side", "--field-manager=other", "-f", "other.yaml");
    assertThat(ok("get", "st", "best", "-o", "jsonpath={.spec.guests}"))
        .isEqualTo("[{\"name\":\"kim\"},{\"age\":9,\"name\":\"lee\"}]");
    Files.writeString(folder.resolve("other.yaml"), SEAT.replace("row: E", "row: A"));
    assertThat(fails("apply", "--server-side", "--field-manager=other", "-f", "other.yaml"))
        .contains("conflict with \"kubectl\": .spec.row");
  }

  @Test
  void definitionsLastAndTakeTheirObjectsAlong() throws Exception {
    ok("apply", "-f", "seat.yaml");
    cluster.close();
    cluster.start();
    assertThat(ok("get", "st", "-o", "name")).contains("seat.cinema.example.com/best");
    assertThat(ok("delete", "crd", "seats.cinema.example.com")).contains("deleted");
    assertThat(fails("get", "seats.v1.cinema.example.com"))
        .contains("could not find the requested resource");
    ok("apply", "-f", "seats.yaml");
    ok("wait", "--for=condition=Established", "crd/seats.cinema.example.com", "--timeout=30s");
    assertThat(ok("get", "seats.v1.cinema.example.com")).contains("No resources found");
  }

  @Test
  void aNameThatIsTakenIsNotAccepted() throws Exception {
    Files.writeString(
        folder.resolve("second.yaml"),
        DEFINITION.replace("seats", "chairs").replace("Seat", "Chair"));
    ok("apply", "-f", "second.yaml");
    ok(
        "wait",
        "--for=condition=NamesAccepted=false",
        "crd/chairs.cinema.example.com",
        "--timeout=30s");
    assertThat(
            ok(
                "get",
                "crd",
                "chairs.cinema.example.com",
                "-o",
                "jsonpath={.status.conditions[*].message}"))
        .isEqualTo("\"st\" is already in use not all names are accepted");
    ok("delete", "crd", "seats.cinema.example.com");
    ok("wait", "--for=condition=Established", "crd/chairs.cinema.example.com", "--timeout=30s");
    assertThat(ok("get", "st")).contains("No resources found");
  }

  @Test
  void kindsOfThePlatformStay() throws Exception {
    assertThat(ok("get", "crd")).contains("virtualservices.networking.istio.io");
    assertThat(fails("delete", "crd", "gateways.networking.istio.io"))
        .contains("this kind is built into the server and stays");
    Files.writeString(
        folder.resolve("own.yaml"),
        DEFINITION
            .replace("seats", "sidecars")
            .replace("Seat", "Sidecar")
            .replace("cinema.example.com", "networking.istio.io")
            .replace("name: v1alpha1", "name: v1alpha3"));
    assertThat(ok("apply", "-f", "own.yaml")).contains("configured");
    assertThat(ok("explain", "sidecars.networking.istio.io", "--recursive"))
        .contains("outboundTrafficPolicy");
  }
}
