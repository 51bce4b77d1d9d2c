package theater.gateway.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;

/// One API server, with the credentials that the Kubernetes client library finds: those of the
/// pod's service account, or a kubeconfig's.
final class ApiConnection implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient http;
  private final boolean isOwn;
  private volatile Config config;

  private ApiConnection(Config config, boolean isOwn) throws IOException {
    this.isOwn = isOwn;
    this.config = config;
    try {
      http =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(TIMEOUT)
              .sslContext(SSLUtils.sslContext(config))
              .build();
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "the certificates of " + config.getMasterUrl() + " can not be used: " + e.getMessage(),
          e);
    }
  }

  /// By the environment and files of the pod's service account.
  static ApiConnection own() throws IOException {
    return new ApiConnection(Config.autoConfigure(null), true);
  }

  /// By the current context of a kubeconfig file.
  static ApiConnection remote(Path kubeconfig) throws IOException {
    return new ApiConnection(Config.fromKubeconfig(kubeconfig.toFile()), false);
  }

  /// Reads the service account's token again, which is renewed in its file. A kubeconfig stays: the
  /// library would mix this pod's own environment into it.
  void refresh() {
    if (isOwn) {
      config = config.refresh();
    }
  }

  /// The body of a 200. The time limit ends with the answer's head: a watch may stay open.
  ///
  /// @param path with query, `/api/v1/…`
  /// @throws IOException with the server's own words when it refuses
  InputStream get(String path) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(config.getMasterUrl()).resolve(path)).timeout(TIMEOUT);
    String token =
        config.getOauthTokenProvider() == null
            ? config.getAutoOAuthToken()
            : config.getOauthTokenProvider().getToken();
    token = token == null ? config.getOauthToken() : token;
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<InputStream> response =
        http.send(
            request.header("Accept", "application/json").build(), BodyHandlers.ofInputStream());
    if (response.statusCode() == 200) {
      return response.body();
    }
    try (InputStream body = response.body()) {
      throw new IOException(
          "status " + response.statusCode() + message(body.readNBytes(64 * 1024)));
    }
  }

  /// The innermost cause says what happened.
  static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String text =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return text.length() > 300 ? text.substring(0, 300) : text;
  }

  private static String message(byte[] body) {
    try {
      JsonNode message = MAPPER.readTree(body).path("message");
      return message.isTextual() ? ": " + message.asText() : "";
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
