package theater.mesh.xds;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// One HTTP call and its answer. The user's program answers with what it was sent.
record Call(int status, String body, HttpResponse<String> answer) {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// Of the application in a pod, to `user`, through the pod's own sidecar.
  ///
  /// @param pod `127.126.4`
  static Call from(String pod, String path, String... headers)
      throws IOException, InterruptedException {
    return of("GET", "http://" + pod + ".10:8081" + path, "user.shop:8081", headers);
  }

  /// To the user's sidecar without one of the caller's own: plain text.
  static Call plain(String path, String... headers) throws IOException, InterruptedException {
    return of("GET", "http://" + TestMesh.USER + ".1:8081" + path, "user.shop:8081", headers);
  }

  static Call of(String method, String uri, String host, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(uri))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Host", host)
            .timeout(Duration.ofSeconds(10));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    HttpResponse<String> answer = CLIENT.send(request.build(), BodyHandlers.ofString());
    return new Call(answer.statusCode(), answer.body(), answer);
  }
}
