package theater.mesh.translation.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Re2Test {
  @Test
  void plainExpressionsPass() {
    for (String expression :
        new String[] {".*", "/users/[0-9]+", "^(a|b)+?$", "(?i)case", "a\\+b"}) {
      assertThat(Re2.problem(expression)).as(expression).isEmpty();
    }
  }

  @Test
  void whatOnlyJavaTakesIsRefused() {
    for (String expression : new String[] {"(?!a)b", "(?<=a)b", "(a)\\1", "a*+", "("}) {
      assertThat(Re2.problem(expression)).as(expression).isPresent();
    }
  }
}
