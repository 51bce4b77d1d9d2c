package theater.laptop.istioctl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Asks a pod over HTTP: an Envoy's admin interface or istiod's pages.
record Admin(String address) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(30);

  JsonNode json(String path) {
    try {
      return JSON.readTree(ask("GET", path));
    } catch (IOException e) {
      throw new UncheckedIOException(address + path + " is no JSON", e);
    }
  }

  /// @throws Refusal when it does not answer, or not with 200
  String ask(String method, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + path))
            .timeout(LIMIT)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new Refusal(
            "istioctl.answer", request.uri(), answer.statusCode(), answer.body().strip());
      }
      return answer.body();
    } catch (IOException e) {
      throw new Refusal("istioctl.silent", request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("istioctl.silent", request.uri(), e);
    }
  }
}
