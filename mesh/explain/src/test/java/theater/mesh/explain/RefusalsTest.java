package theater.mesh.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Texts as Envoy 1.40 writes them.
class RefusalsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Error adding/updating listener(s) x: cannot bind '127.1.4.12:8081': Address already in use | port-in-use
          Error adding/updating listener(s) x: cannot bind '127.1.4.12:80': Permission denied | no-permission
          Only unique values for domains are permitted. Duplicate entry of domain shop | duplicate-domain
          Proto constraint validation failed (RouteConfigurationValidationError.Name: value length must be at least 1) | bad-value
          Didn't find a registered implementation for 'x' with type URL: 'y' | unknown-extension
          route: unknown cluster 'shop' | unknown-cluster
          the moon is full | other
          """)
  void knownWordsHaveACode(String text, String code) {
    assertThat(Refusals.reason(text)).isEqualTo(code);
  }
}
