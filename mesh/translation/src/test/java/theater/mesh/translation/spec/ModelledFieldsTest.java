package theater.mesh.translation.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelledFieldsTest {
  @Test
  void theHighestUndeclaredFieldIsTold() throws Exception {
    ModelledFields fields =
        ModelledFields.of(List.of("http[].match[].headers.*.exact", "http[].timeout"));
    List<String> told = new ArrayList<>();
    String spec =
        "{\"http\":[{\"timeout\":\"3s\",\"mirror\":{\"host\":\"a\"},\"match\":[{\"headers\":{\"x-a\":{\"exact\":\"1\",\"suffix\":\"2\"}}}]}],\"tls\":[]}";
    fields.unknown("spec", new ObjectMapper().readTree(spec), told::add);
    assertThat(told)
        .containsExactly(
            "spec.http[0].mirror", "spec.http[0].match[0].headers.x-a.suffix", "spec.tls");
  }
}
