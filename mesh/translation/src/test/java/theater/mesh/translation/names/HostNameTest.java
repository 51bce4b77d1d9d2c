package theater.mesh.translation.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import theater.mesh.view.MeshSettings;

class HostNameTest {

  @Test
  void aNameWithoutADotBelongsToTheNamespaceAlsoWithAWildcard() {
    assertThat(resolve("user-service")).isEqualTo("user-service.cinema.svc.cluster.local");
    assertThat(resolve("*-service")).isEqualTo("*-service.cinema.svc.cluster.local");
    assertThat(resolve("*")).isEqualTo("*");
    assertThat(resolve("*.example.com")).isEqualTo("*.example.com");
  }

  private static String resolve(String written) {
    return HostName.resolve(written, "cinema", MeshSettings.DEFAULT);
  }
}
