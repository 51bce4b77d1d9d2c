package theater.mesh.translation.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PatternsTest {

  @Test
  void aStarStandsAtOneEnd() {
    assertThat(Patterns.text("/users/*").getPrefix()).isEqualTo("/users/");
    assertThat(Patterns.text("*/admin").getSuffix()).isEqualTo("/admin");
    assertThat(Patterns.text("*").getSafeRegex().getRegex()).isEqualTo(".+");
    assertThat(Patterns.text("GET").getExact()).isEqualTo("GET");
    assertThat(Patterns.text("*/sa/a.b(c", "spiffe://").getSafeRegex().getRegex())
        .isEqualTo("spiffe://.*/sa/a\\.b\\(c");
  }

  @Test
  void blocksAndSingleAddresses() {
    assertThat(Patterns.block("10.0.0.0/8").orElseThrow().getPrefixLen().getValue()).isEqualTo(8);
    assertThat(Patterns.block("10.1.2.3").orElseThrow().getPrefixLen().getValue()).isEqualTo(32);
    assertThat(Patterns.block("2001:db8::/32")).isPresent();
    assertThat(Patterns.block("10.0.0.0/33")).isEmpty();
    assertThat(Patterns.block("10.0.0.300")).isEmpty();
    assertThat(Patterns.block("ten")).isEmpty();
  }

  @Test
  void templatesAreWholeSegments() {
    assertThat(Patterns.template("/users/{*}/seats")).isTrue();
    assertThat(Patterns.template("/users/{**}")).isTrue();
    assertThat(Patterns.template("/users/a{*}")).isFalse();
    assertThat(Patterns.template("/{**}/{*}")).isFalse();
  }

  @Test
  void keysThatEnvoyWouldRefuseAreKnown() {
    assertThat(JsonWebKeys.usable(JsonWebKeys.NOBODY)).isTrue();
    assertThat(JsonWebKeys.usable("{\"keys\":[{\"kty\":\"oct\",\"k\":\"AyM1\"}]}")).isTrue();
    assertThat(JsonWebKeys.usable("{\"keys\":[]}")).isFalse();
    assertThat(JsonWebKeys.usable("{\"keys\":[{\"kty\":\"RSA\",\"n\":\"!\",\"e\":\"AQAB\"}]}"))
        .isFalse();
    assertThat(JsonWebKeys.usable("keys")).isFalse();
    assertThat(JsonWebKeys.usable(JsonWebKeys.NOBODY.replace("\"y\":\"", "\"y\":\"AA"))).isFalse();
  }
}
