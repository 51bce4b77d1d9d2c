package theater.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// metav1.Status → exception.
final class StatusAnswer {
  private static final int SHOWN = 300;

  private StatusAnswer() {}

  static KubeException exception(int httpStatus, byte[] body) {
    try {
      JsonNode status = HttpKubeApi.JSON.readTree(body);
      if (status.path("kind").asText().equals("Status")) {
        return exception(httpStatus, status);
      }
    } catch (IOException e) {
      // Not JSON, so not from an API server: its text is all there is.
    }
    String text = new String(body, StandardCharsets.UTF_8).strip();
    return new KubeException(
        httpStatus,
        "",
        "HTTP " + httpStatus + ": " + text.substring(0, Math.min(SHOWN, text.length())));
  }

  static KubeException exception(int otherwise, JsonNode status) {
    int code = status.path("code").asInt(otherwise);
    return new KubeException(
        code, status.path("reason").asText(""), status.path("message").asText("HTTP " + code));
  }
}
