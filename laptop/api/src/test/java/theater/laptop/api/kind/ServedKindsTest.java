package theater.laptop.api.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServedKindsTest {

  @Test
  void versionsAreInTheOrderThatKubernetesPrefers() {
    assertThat(
            Stream.of(
                    "v1alpha1",
                    "foo10",
                    "v11beta2",
                    "v10",
                    "v2",
                    "v10beta3",
                    "v3beta1",
                    "v1",
                    "foo1",
                    "v12alpha1")
                .sorted(ServedKinds.PREFERRED))
        .containsExactly(
            "v10",
            "v2",
            "v1",
            "v11beta2",
            "v10beta3",
            "v3beta1",
            "v12alpha1",
            "v1alpha1",
            "foo1",
            "foo10");
  }

  @Test
  void builtInKindsAreServedFirstInTheirStoredVersion() {
    ServedKinds kinds = new ServedKinds();
    assertThat(kinds.groups()).startsWith("", "apps");
    assertThat(kinds.versions("autoscaling")).containsExactly("v2", "v1");
    assertThat(kinds.versions("networking.istio.io")).containsExactly("v1", "v1beta1", "v1alpha3");
    assertThat(kinds.preferred()).doesNotHaveDuplicates().hasSameSizeAs(Kinds.ALL);
    kinds.define(List.of());
    assertThat(kinds.byPath("apps/v1", "deployments")).isPresent();
    assertThat(kinds.byPath("apps/v1", "seats")).isEmpty();
  }
}
