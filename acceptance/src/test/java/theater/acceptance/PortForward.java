package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import theater.visitor.Await;
import theater.visitor.TemporaryFolder;
import theater.visitor.Theater;

/// A `kubectl port-forward` under way in ctx1, and HTTP through it.
final class PortForward implements AutoCloseable {
  private static final Pattern LOCAL = Pattern.compile("127\\.0\\.0\\.1:(\\d+) ->");
  private final HttpClient client = HttpClient.newHttpClient();
  private final TemporaryFolder folder = TemporaryFolder.named("forward");
  private final Path out = folder.path().resolve("out");
  private final Path err = folder.path().resolve("err");
  private final Process process;
  private final String address;

  /// @param target `pod/NAME`, `svc/NAME`, `deployment/NAME`
  PortForward(Theater theater, String namespace, String target, int port) throws IOException {
    process =
        theater
            .shell()
            .start(
                out,
                err,
                false,
                "./theater",
                "kubectl",
                "--context",
                "ctx1",
                "port-forward",
                "-n",
                namespace,
                target,
                ":" + port);
    Await.until(
        "kubectl to listen or to end",
        Duration.ofSeconds(60),
        () -> local().find() || !process.isAlive());
    Matcher local = local();
    assertThat(local.find()).as(Files.readString(err)).isTrue();
    address = "http://127.0.0.1:" + local.group(1);
  }

  private Matcher local() {
    try {
      return LOCAL.matcher(Files.readString(out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String get(String path) throws IOException, InterruptedException {
    return call("GET", path);
  }

  /// The body of an answer that must be 200.
  String call(String method, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  @Override
  public void close() {
    client.close();
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    process.onExit().join();
    folder.close();
  }
}
