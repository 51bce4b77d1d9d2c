package theater.mesh.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import theater.mesh.view.ConfigObject;
import theater.mesh.view.MeshView;

class ViewBuilderTest {
  private final ViewBuilder builder = new ViewBuilder("ctx1");
  private final ObjectNode user = rule("user", "7");
  private final ObjectNode movie = rule("movie", "8");

  @Test
  void whatDidNotChangeIsTheSameObject() {
    MeshView first = view(List.of(user, movie));
    MeshView again = view(List.of(movie, user));
    MeshView changed = view(List.of(rule("user", "9"), movie));

    assertThat(again.configs()).isSameAs(first.configs());
    assertThat(again.services()).isSameAs(first.services());
    assertThat(changed.configs()).extracting(ConfigObject::name).containsExactly("movie", "user");
    assertThat(changed.configs().getFirst()).isSameAs(first.configs().getFirst());
    assertThat(changed.configs().getLast().spec().path("hosts").path(0).asText()).isEqualTo("9");
    assertThat(changed.endpoints()).isSameAs(first.endpoints());
  }

  private MeshView view(List<ObjectNode> rules) {
    ContextObjects objects =
        new ContextObjects(List.of(), List.of(), List.of(), List.of(), List.of());
    return builder.build(Map.of("ctx1", objects), new OwnObjects(rules, List.of(), List.of()));
  }

  private static ObjectNode rule(String name, String host) {
    try {
      return (ObjectNode)
          new ObjectMapper()
              .readTree(
                  """
                  {"apiVersion":"networking.istio.io/v1","kind":"VirtualService",
                   "metadata":{"name":"%s","namespace":"shop"},"spec":{"hosts":["%s"]}}
                  """
                      .formatted(name, host));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(name, e);
    }
  }
}
