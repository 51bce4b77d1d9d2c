package theater.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// metav1.Time: UTC in whole seconds, `2026-11-21T10:00:00Z`.
public final class KubeTime {
  private KubeTime() {}

  public static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// @param otherwise the answer when the node is not a text
  public static Instant instant(JsonNode text, Instant otherwise) {
    return text.isTextual() ? Instant.parse(text.asText()) : otherwise;
  }
}
