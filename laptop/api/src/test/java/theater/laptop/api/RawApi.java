package theater.laptop.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import javax.net.ssl.SSLContext;
import theater.laptop.api.json.Json;

/// A server asked over HTTPS with headers of one's own.
record RawApi(HttpClient client, int port) implements AutoCloseable {

  /// What came back.
  record Reply(int status, String type, ObjectNode json) {}

  static RawApi of(Cluster cluster, SSLContext tls) {
    return new RawApi(HttpClient.newBuilder().sslContext(tls).build(), cluster.server.port());
  }

  Reply get(String path) throws IOException, InterruptedException {
    return get(path, "Accept", "application/json");
  }

  Reply get(String path, String header, String value) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
            .header(header, value)
            .build();
    HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    return new Reply(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        (ObjectNode) Json.read(response.body()));
  }

  @Override
  public void close() {
    client.close();
  }
}
