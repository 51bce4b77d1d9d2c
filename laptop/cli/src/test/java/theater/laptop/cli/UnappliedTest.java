package theater.laptop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;

class UnappliedTest {
  private static final Messages MESSAGES = Messages.in(Locale.ENGLISH);
  private static final String FILE =
      """
      apiVersion: networking.istio.io/v1beta1
      kind: VirtualService
      metadata: {name: shop-vs, namespace: town}
      spec:
        http:
        - fault: {delay: {fixedDelay: 3s, percentage: {value: 30.0}}}
          route: [{destination: {host: shop}}]
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: not-of-the-mesh}
      """;
  private static final String SERVED =
      """
      {"metadata": {"name": "shop-vs", "namespace": "%s", "uid": "u"}, "spec": {"http": [{
        "route": [{"destination": {"host": "shop"}}],
        "fault": {"delay": {"percentage": {"value": %d}, "fixedDelay": "3s"}}}]}}
      """;

  @TempDir Path folder;

  @Test
  void whatIsInForceAsItIsWrittenIsApplied() throws IOException {
    assertThat(unapplied(SERVED.formatted("town", 30))).isEmpty();
  }

  @Test
  void anotherRuleOfTheNameIsNotTheFiles() throws IOException {
    assertThat(unapplied(SERVED.formatted("town", 70))).containsExactly("VirtualService shop-vs");
    assertThat(unapplied(SERVED.formatted("village", 30)))
        .containsExactly("VirtualService shop-vs");
    assertThat(unapplied()).containsExactly("VirtualService shop-vs");
  }

  @Test
  void anotherRuleHasNoLineOfTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("rules.yaml"), FILE);
    YamlLines lines = YamlLines.of(List.of(file), MESSAGES);
    assertThat(lines.line("VirtualService town/shop-vs", "spec.http[0]")).isEqualTo(file + ":6");
    lines.forget("VirtualService shop-vs");
    assertThat(lines.line("VirtualService town/shop-vs", "spec.http[0]")).isEmpty();
    assertThat(lines.line("VirtualService town/shop-vs", "spec")).isEmpty();
  }

  private List<String> unapplied(String... served) throws IOException {
    Path file = Files.writeString(folder.resolve("rules.yaml"), FILE);
    ObjectMapper json = new ObjectMapper();
    List<ObjectNode> objects = new java.util.ArrayList<>();
    for (String one : served) {
      objects.add((ObjectNode) json.readTree(one));
    }
    return new Unapplied(type -> of(type, objects), MESSAGES)
        .in(List.of(file)).stream().map(Unapplied.Written::name).toList();
  }

  private static List<ObjectNode> of(ResourceType type, List<ObjectNode> objects) {
    assertThat(type).isEqualTo(ResourceTypes.VIRTUAL_SERVICE);
    return objects;
  }
}
