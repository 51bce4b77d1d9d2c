package theater.laptop.node;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// The administration interface of one Envoy.
///
/// @param address `127.1.4.1:15000`
record EnvoyAdmin(String address) {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();

  /// Tells callers with each answer to come on another connection. Listeners still accept until the
  /// drain time is over.
  ///
  /// @param inboundOnly the application's own calls go on as before
  void drain(boolean inboundOnly) throws IOException, InterruptedException {
    send(
        request("/drain_listeners?graceful" + (inboundOnly ? "&inboundonly" : ""))
            .POST(HttpRequest.BodyPublishers.noBody()));
  }

  /// Requests from outside that have no answer yet, the question itself not counted.
  long active() throws IOException, InterruptedException {
    return sum("%5Ehttp%5C..*%5C.downstream_rq_active%24");
  }

  /// Connections of callers of the application.
  long connections() throws IOException, InterruptedException {
    return sum("%5Ehttp%5C.inbound.*%5C.downstream_cx_active%24");
  }

  private long sum(String filter) throws IOException, InterruptedException {
    return send(request("/stats?filter=" + filter).GET())
        .lines()
        .filter(line -> !line.startsWith("http.admin.") && line.contains(": "))
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /// Whether it may still choose this pod for a request.
  boolean sendsTo(String podIp) throws IOException, InterruptedException {
    return send(request("/clusters").GET()).contains("::" + podIp + ":");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + address + path)).timeout(PATIENCE);
  }

  private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
  }
}
