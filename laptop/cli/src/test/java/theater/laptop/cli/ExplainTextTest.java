package theater.laptop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.mesh.explain.Refusals;

class ExplainTextTest {
  private static final String EXPLANATION =
      """
      {"method": "GET", "url": "http://shop:8081/", "legs": [{
        "caller": {"name": "front", "context": "ctx1", "pod": "front-x"},
        "dialled": "127.1.4.12:8081", "listener": "127.1.4.12_8081",
        "rules": [{"number": 1, "object": "VirtualService town/shop-vs", "path": "spec.http[0]",
                   "taken": true, "conditions": [{"what": "path", "expected": "/*", "got": "/", "met": true}]}],
        "action": {"abort": {"percent": 50.0, "status": 500}},
        "branches": [{"cluster": "c", "percent": 100.0, "host": "shop", "port": 8081, "exists": true, "targets": [
          {"kind": "pod", "name": "shop-a", "address": "127.1.5.1:8081", "mutual": true, "ejected": true,
           "health": "failed_outlier_check", "used": false}]}],
        "outcomes": [{"percent": 50.0, "by": "caller", "status": 500, "flag": "FI", "reason": "fault"},
                     {"percent": 50.0, "by": "caller", "status": 503, "flag": "UH", "reason": "no-endpoint"}]}]}
      """;
  private static final String YAML =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: other}
      spec: {http: [{}]}
      ---
      kind: VirtualService
      metadata:
        name: shop-vs
      spec:
        http:
        - route:
          - destination: {host: shop}
      """;

  @TempDir Path folder;

  private static String print(Locale language, YamlLines lines, boolean colour) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ExplainText(
            Messages.in(language),
            new Ink(colour),
            lines,
            new PrintStream(out, true, StandardCharsets.UTF_8))
        .print(new ObjectMapper().readTree(EXPLANATION));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void stationsAreToldInBothLanguages() throws IOException {
    YamlLines none = YamlLines.of(List.of(), Messages.in(Locale.ENGLISH));
    assertThat(print(Locale.ENGLISH, none, false))
        .contains("✓ VirtualService town/shop-vs spec.http[0]")
        .contains("HTTP 500 for 50 % of the requests")
        .contains("✗ shop-a  127.1.5.1:8081  mTLS  ejected by outlier detection")
        .contains("50 %    Envoy beside the caller answers: no healthy upstream  HTTP 503 UH")
        .doesNotContain("\u001b");
    assertThat(print(Locale.KOREAN, none, false)).contains("중단", "이상치 감지로 제외됨");
    assertThat(print(Locale.ENGLISH, none, true)).contains("\u001b[9mshop-a\u001b[0m");
  }

  @Test
  void placesHaveTheirLineOfTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("rules.yaml"), YAML);
    YamlLines lines = YamlLines.of(List.of(file), Messages.in(Locale.ENGLISH));
    assertThat(lines.line("VirtualService town/shop-vs", "spec.http[0]")).isEqualTo(file + ":11");
    assertThat(lines.line("VirtualService town/shop-vs", "spec.http[0].route[0]"))
        .isEqualTo(file + ":12");
    assertThat(lines.line("VirtualService town/other", "spec.http[0]")).isEqualTo(file + ":4");
    assertThat(lines.line("VirtualService town/nobody", "spec.http[0]")).isEmpty();
  }

  @Test
  void everyReasonOfEnvoyHasWords() {
    for (Locale language : List.of(Locale.ENGLISH, Locale.KOREAN)) {
      assertThat(Messages.in(language).bundle().keySet())
          .containsAll(Refusals.codes().stream().map(code -> "refused." + code).toList());
    }
  }
}
