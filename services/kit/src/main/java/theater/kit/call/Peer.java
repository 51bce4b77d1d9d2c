package theater.kit.call;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import theater.kit.http.CallHeaders;
import theater.kit.http.Problem;

/// Another service, asked whether it has something. HTTP/1.1, connections kept.
///
/// | what came back | what our caller is told |
/// |---|---|
/// | 200 | yes |
/// | 404 of the service itself (it has `X-Service-Name`) | no |
/// | nothing within the time limit | 504 |
/// | no connection, or 503 | 503 |
/// | anything else, also a 404 by an Envoy | 502 |
///
/// Such a problem has the members `service`, and `upstreamStatus` and `upstreamText` (first 200
/// characters) when there was an answer.
public final class Peer {
  private final String name;
  private final URI base;
  private final Duration limit;
  private HttpClient client;

  /// @param name `user-service`
  /// @param limit for the whole call
  public Peer(String name, URI base, Duration limit) {
    this.name = name;
    this.base = base;
    this.limit = limit;
  }

  /// Whether the service has what the path names.
  ///
  /// @throws theater.kit.http.ProblemException when that can not be known
  public boolean has(String path, CallHeaders headers) {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(limit)
            .header("Accept", "application/json");
    headers.entries().forEach(h -> request.header(h.getKey(), h.getValue()));
    HttpResponse<String> response;
    try {
      response = client().send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (HttpTimeoutException e) {
      throw problem(504, name + " did not answer within " + limit.toMillis() + " ms").thrown();
    } catch (ConnectException e) {
      throw problem(503, "no connection to " + name + " at " + base.getRawAuthority()).thrown();
    } catch (IOException e) {
      throw problem(502, name + " broke off: " + e.getMessage()).thrown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw problem(503, "interrupted while waiting for " + name).thrown();
    }
    int status = response.statusCode();
    if (status == 200) {
      return true;
    }
    if (status == 404 && response.headers().firstValue("X-Service-Name").isPresent()) {
      return false;
    }
    String body = response.body();
    throw problem(status == 503 || status == 504 ? status : 502, name + " answered " + status)
        .with("upstreamStatus", status)
        .with("upstreamText", body.substring(0, Math.min(200, body.length())))
        .thrown();
  }

  private Problem problem(int status, String detail) {
    return new Problem(status, detail).with("service", name);
  }

  /// Made with the first call: a service that calls nobody does not pay for it.
  private synchronized HttpClient client() {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(limit)
              .executor(task -> Thread.ofVirtual().start(task))
              .build();
    }
    return client;
  }
}
