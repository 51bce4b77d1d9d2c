package theater.mesh.translation.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CelTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "response.code >= 400",
        "response.code >= 400 || connection.mtls == false",
        "has(request.headers['x-a']) && request.headers['x-a'].startsWith(\"b\")",
        "!(request.method in ['GET', 'HEAD'])",
        "response.code > 399 ? true : size(request.path) < 4"
      })
  void whatEnvoyTakes(String expression) {
    assertThat(Cel.problem(expression)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "response.code >=",
        "a b",
        "(a",
        "nothing(1)",
        "a.b(",
        "'open",
        "a ==== b",
        "a ?"
      })
  void whatEnvoyRefuses(String expression) {
    assertThat(Cel.problem(expression)).isPresent();
  }
}
