package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import theater.visitor.Await;
import theater.visitor.Theater;

/// `kubectl port-forward` to pods and services of a running theater.
@ExtendWith(RunningTheater.class)
class PortForwardTest {
  @TempDir private Path folder;
  private static final Pattern LOCAL = Pattern.compile("127\\.0\\.0\\.1:(\\d+) ->");
  private final Theater theater;

  PortForwardTest(Theater theater) {
    this.theater = theater;
  }

  @Test
  void aServicesPortIsItsApplications() throws Exception {
    assertThat(forwarded("svc/api-gateway", 8080, "/users/")).contains("\"email\"");
  }

  @Test
  void port15000IsTheSidecarsAdmin() throws Exception {
    assertThat(forwarded("deployment/movie-service", 15000, "/config_dump"))
        .contains("outbound|8081|");
  }

  /// What the pod answers at a local port that kubectl chooses.
  private String forwarded(String target, int port, String path)
      throws IOException, InterruptedException {
    Path out = folder.resolve("forward.out");
    Path err = folder.resolve("forward.err");
    Process forward =
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
                "theater-msa",
                target,
                ":" + port);
    try (HttpClient client = HttpClient.newHttpClient()) {
      Await.until(
          "kubectl to listen or to end",
          Duration.ofSeconds(60),
          () -> local(out).find() || !forward.isAlive());
      Matcher local = local(out);
      assertThat(local.find()).as(Files.readString(err)).isTrue();
      URI uri = URI.create("http://127.0.0.1:" + local.group(1) + path);
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } finally {
      forward.descendants().forEach(ProcessHandle::destroy);
      forward.destroy();
      forward.waitFor();
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static Matcher local(Path out) {
    try {
      return LOCAL.matcher(Files.readString(out));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
