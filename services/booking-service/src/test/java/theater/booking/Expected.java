package theater.booking;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import theater.kit.json.JsonReader;

/// What every answer and every refusal of a service looks like.
final class Expected {
  private Expected() {}

  static void isProblem(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(JsonReader.object(response.body().getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .containsEntry("status", status)
        .containsKeys("type", "title", "detail", "instance");
    hasOurHeaders(response);
  }

  static void hasOurHeaders(HttpResponse<String> response) {
    assertThat(response.headers().firstValue("X-Service-Cluster")).hasValue("ctx1");
    assertThat(response.headers().firstValue("X-Pod-Name")).isPresent();
    assertThat(response.headers().firstValue("X-Service-Name")).isPresent();
  }
}
