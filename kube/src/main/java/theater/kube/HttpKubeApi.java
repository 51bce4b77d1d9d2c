package theater.kube;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// An API server over HTTPS (HTTP/1.1), as the JDK's client speaks it. A request may take 30 s, or
/// what is given; four at a time, the others wait for as long. A watch is asked to end after 5
/// minutes and is given up soon after: a server that went away without a word is noticed by that.
public final class HttpKubeApi implements KubeApi, AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectReader WHOLE =
      JSON.reader().without(StreamReadFeature.AUTO_CLOSE_SOURCE);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);
  private static final Duration WATCH_TIME = Duration.ofMinutes(5);

  /// Each that runs beside others is a connection of its own, and a handshake costs more than the
  /// request.
  private static final int AT_ONCE = 4;

  private final Connection connection;
  private final Duration requestLimit;
  private final Duration watchTime;
  private final HttpClient client;
  private final Semaphore free = new Semaphore(AT_ONCE, true);

  public HttpKubeApi(Connection connection) {
    this(connection, REQUEST_LIMIT);
  }

  /// @param requestLimit for one request, and for a watch to begin
  public HttpKubeApi(Connection connection, Duration requestLimit) {
    this(connection, requestLimit, WATCH_TIME);
  }

  /// @param watchTime whole seconds after which the server shall end a watch
  HttpKubeApi(Connection connection, Duration requestLimit, Duration watchTime) {
    this.connection = connection;
    this.requestLimit = requestLimit;
    this.watchTime = watchTime;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .sslContext(Tls.context(connection))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  @Override
  public ObjectNode get(ResourceType type, String namespace, String name) {
    return object("GET", path(type, namespace, name, null), null, null);
  }

  /// A path of the server's that is no Kubernetes object, `/theater/v1/explain?…`.
  public ObjectNode get(String path) {
    return object("GET", path, null, null);
  }

  @Override
  public ObjectList list(ResourceType type, String namespace, String labelSelector) {
    String query =
        labelSelector == null || labelSelector.isEmpty()
            ? ""
            : "?labelSelector=" + encode(labelSelector);
    ObjectNode list = object("GET", type.path(namespace) + query, null, null);
    List<ObjectNode> items = new ArrayList<>();
    for (JsonNode item : list.path("items")) {
      // Items of a list come without their type.
      items.add(((ObjectNode) item).put("apiVersion", type.apiVersion()).put("kind", type.kind()));
    }
    return new ObjectList(Meta.resourceVersion(list), items);
  }

  @Override
  public ObjectNode create(ResourceType type, ObjectNode object) {
    return object("POST", type.path(Meta.namespace(object)), "application/json", object);
  }

  @Override
  public ObjectNode update(ResourceType type, ObjectNode object) {
    return object("PUT", path(type, object, null), "application/json", object);
  }

  @Override
  public ObjectNode updateStatus(ResourceType type, ObjectNode object) {
    return object("PUT", path(type, object, "status"), "application/json", object);
  }

  @Override
  public ObjectNode mergePatch(
      ResourceType type, String namespace, String name, String subresource, JsonNode patch) {
    return object(
        "PATCH", path(type, namespace, name, subresource), "application/merge-patch+json", patch);
  }

  @Override
  public void delete(
      ResourceType type, String namespace, String name, String uid, Integer gracePeriodSeconds) {
    ObjectNode options =
        JSON.createObjectNode().put("apiVersion", "v1").put("kind", "DeleteOptions");
    options.put("propagationPolicy", "Background");
    if (gracePeriodSeconds != null) {
      options.put("gracePeriodSeconds", gracePeriodSeconds);
    }
    if (uid != null) {
      options.putObject("preconditions").put("uid", uid);
    }
    object("DELETE", path(type, namespace, name, null), "application/json", options);
  }

  @Override
  public Watch watch(
      ResourceType type,
      String namespace,
      String resourceVersion,
      Consumer<WatchEvent> events,
      Consumer<RuntimeException> ended) {
    String query =
        "?watch=true&allowWatchBookmarks=true&timeoutSeconds="
            + watchTime.toSeconds()
            + "&resourceVersion="
            + encode(resourceVersion);
    HttpRequest request =
        request("GET", type.path(namespace) + query, null, BodyPublishers.noBody())
            .timeout(requestLimit)
            .build();
    return HttpWatch.start(
        type.plural() + " at " + connection,
        () -> send(request),
        watchTime.plus(requestLimit),
        events,
        ended);
  }

  /// Ends what still runs. Nothing works afterwards.
  @Override
  public void close() {
    client.shutdownNow();
  }

  private ObjectNode object(String method, String path, String contentType, JsonNode body) {
    BodyPublisher publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
    HttpRequest request =
        request(method, path, contentType, publisher).timeout(requestLimit).build();
    await(request);
    try (InputStream answer = send(request);
        TimeLimit _ = TimeLimit.of(requestLimit, answer)) {
      // To its end: closed before that, the connection would be cut, perhaps under the next
      // request that has it already.
      JsonNode read = WHOLE.readTree(answer);
      answer.transferTo(OutputStream.nullOutputStream());
      return (ObjectNode) read;
    } catch (IOException e) {
      throw new KubeUnavailableException(
          method + " " + path + " at " + connection + " broke off: " + e.getMessage(), e);
    } finally {
      free.release();
    }
  }

  private void await(HttpRequest request) {
    String what = request.method() + " " + request.uri();
    try {
      if (!free.tryAcquire(requestLimit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new KubeUnavailableException(
            what + " was not sent: the requests before it got no answer in " + requestLimit, null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubeUnavailableException(what + " was interrupted", e);
    }
  }

  private HttpRequest.Builder request(
      String method, String path, String contentType, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(connection.server() + path))
            .method(method, body)
            .header("Accept", "application/json");
    if (contentType != null) {
      request.header("Content-Type", contentType);
    }
    String token = token();
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private String token() {
    if (connection.tokenFile() == null) {
      return connection.token();
    }
    try {
      return Files.readString(connection.tokenFile()).strip();
    } catch (IOException e) {
      throw new KubeUnavailableException(
          "token file " + connection.tokenFile() + " cannot be read", e);
    }
  }

  private InputStream send(HttpRequest request) {
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      if (response.statusCode() / 100 == 2) {
        return response.body();
      }
      try (InputStream body = response.body()) {
        throw StatusAnswer.exception(response.statusCode(), body.readAllBytes());
      }
    } catch (IOException e) {
      String what = request.method() + " " + request.uri();
      throw new KubeUnavailableException(what + " got no answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubeUnavailableException(
          request.method() + " " + request.uri() + " was interrupted", e);
    }
  }

  private static String path(ResourceType type, ObjectNode object, String subresource) {
    return path(type, Meta.namespace(object), Meta.name(object), subresource);
  }

  private static String path(ResourceType type, String namespace, String name, String subresource) {
    String path = type.path(namespace) + "/" + encode(name);
    return subresource == null ? path : path + "/" + subresource;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
