package theater.laptop.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemasTest {
  private static final Schemas SCHEMAS = Schemas.load();

  @Test
  void protobufOneofsBecomeAlternatives() {
    ObjectSchema match = SCHEMAS.object("istio.api.api.networking.v1alpha3.StringMatch");
    assertThat(match.alternatives()).containsExactly(List.of("exact", "prefix", "regex"));
    assertThat(match.fields()).containsOnlyKeys("exact", "prefix", "regex");
  }

  @Test
  void enumsKeepTheOrderOfTheirNumbers() {
    Type simple =
        SCHEMAS
            .object("istio.api.api.networking.v1alpha3.LoadBalancerSettings")
            .fields()
            .get("simple");
    assertThat(simple)
        .isEqualTo(
            new Type.OneOf(
                List.of(
                    "UNSPECIFIED",
                    "LEAST_CONN",
                    "RANDOM",
                    "PASSTHROUGH",
                    "ROUND_ROBIN",
                    "LEAST_REQUEST")));
  }

  @Test
  void theSupplementAddsWhatTheModelsDoNotKnow() {
    assertThat(SCHEMAS.object("Container").mergeKeys()).containsEntry("env", "name");
    assertThat(SCHEMAS.object("istio.api.api.networking.v1alpha3.Subset").required())
        .containsExactly("name");
    assertThat(SCHEMAS.object("Secret").fields().get("data"))
        .isEqualTo(new Type.MapOf(Type.Scalar.BYTES));
  }

  @Test
  void everyReferenceLeadsToASchema() {
    ObjectSchema deployment = SCHEMAS.kind("apps/v1", "Deployment").orElseThrow();
    assertThat(deployment.fields().get("spec"))
        .isInstanceOfSatisfying(
            Type.Ref.class,
            ref -> assertThat(SCHEMAS.object(ref.name()).fields()).containsKey("template"));
    assertThatThrownBy(() -> SCHEMAS.object("Nothing")).hasMessageContaining("\"Nothing\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"string", "[]#Container", "{}bytes", "enum(A|B)", "[]{}int32"})
  void aTypeIsReadAsItIsWritten(String text) {
    assertThat(Type.parse(text)).hasToString(text);
  }
}
