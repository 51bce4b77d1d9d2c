package theater.mesh.translation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import theater.laptop.schemas.Schemas;
import theater.mesh.view.ConfigObject;

/// The document tells what the code does: its tables are made from the fields that features
/// declare, over the schemas that the API server checks with. New text is written by `mvn test
/// -Dtest=NotModelledDocumentTest -Dgolden.update=true`.
class NotModelledDocumentTest {
  private static final Path DOCUMENT = Path.of("../../docs/not-modelled.md");
  private static final String MARK = "<!-- from here on: NotModelledDocumentTest -->\n";
  private static final List<String> WITHOUT_EFFECT =
      List.of(
          "networking.istio.io/v1 WorkloadGroup",
          "networking.istio.io/v1beta1 ProxyConfig",
          "networking.istio.io/v1alpha3 EnvoyFilter",
          "extensions.istio.io/v1alpha1 WasmPlugin");
  private static final String GATEWAY_API = "gateway.networking.k8s.io/";

  @Test
  void theTablesAreThoseOfTheCode() throws IOException {
    String written = Files.readString(DOCUMENT);
    assertThat(written).contains(MARK);
    String before = written.substring(0, written.indexOf(MARK) + MARK.length());
    String expected = before + tables();
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(DOCUMENT, expected);
    } else {
      assertThat(written).as("update: -Dgolden.update=true").isEqualTo(expected);
    }
  }

  @Test
  void whatHasNoEffectIsToldAtApply() {
    for (String kind : WITHOUT_EFFECT) {
      String[] words = kind.split(" ");
      ConfigObject object =
          new ConfigObject(
              words[0],
              words[1],
              "theater-msa",
              "one",
              Instant.EPOCH,
              Map.of(),
              Map.of(),
              JsonNodeFactory.instance.objectNode());
      assertThat(new ConfigCheck().check(object).notModelled())
          .as(kind)
          .anyMatch(problem -> problem.text().contains("not modelled yet"));
    }
  }

  private static String tables() {
    Schemas schemas = Schemas.load();
    StringBuilder text = new StringBuilder("\n## Kinds without effect\n\n");
    for (String kind : WITHOUT_EFFECT) {
      text.append("* ").append(kind).append('\n');
    }
    for (String kind : new TreeSet<>(NotModelled.KINDS.keySet())) {
      String group =
          Stream.of("networking.istio.io/v1", "security.istio.io/v1", "telemetry.istio.io/v1")
              .filter(one -> schemas.kind(one, kind).isPresent())
              .findFirst()
              .orElseThrow();
      text.append("\n## ").append(kind).append("\n\n");
      text.append(
          new FieldTable(schemas)
              .of(schemas.kind(group, kind).orElseThrow(), NotModelled.KINDS.get(kind)));
    }
    for (String kind : new TreeSet<>(NotModelled.GATEWAY_API.keySet())) {
      text.append("\n## ").append(kind).append(" of the Gateway API\n\n");
      text.append(
          new FieldTable(schemas)
              .of(
                  schemas
                      .kind(GATEWAY_API + "v1", kind)
                      .or(() -> schemas.kind(GATEWAY_API + "v1beta1", kind))
                      .orElseThrow(),
                  NotModelled.GATEWAY_API.get(kind)));
    }
    text.append("\n## MeshConfig: the fields that have an effect\n\n");
    MeshConfigFields.paths().forEach(path -> text.append("* `").append(path).append("`\n"));
    return text.toString();
  }
}
