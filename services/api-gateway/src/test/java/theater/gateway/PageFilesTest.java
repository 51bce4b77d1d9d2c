package theater.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The page's files, in a folder as a ConfigMap mounts it: links into `..data`.
class PageFilesTest {
  @TempDir Path folder;

  @Test
  void filesOfAMountAreServedWithTypeAndTag() throws Exception {
    try (TestGateway gateway = gateway()) {
      HttpResponse<String> page = gateway.get("/");
      assertThat(page.body()).isEqualTo("<html>극장</html>");
      assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
      assertThat(page.headers().firstValue("cache-control")).hasValue("no-cache");
      assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
          .contains("default-src 'self'");
      assertThat(page.headers().firstValue("x-content-type-options")).hasValue("nosniff");
      assertThat(
              gateway
                  .get(
                      "/index.html",
                      "If-None-Match",
                      page.headers().firstValue("etag").orElseThrow())
                  .statusCode())
          .isEqualTo(304);
      assertThat(gateway.get("/main.js").headers().firstValue("content-type"))
          .hasValue("text/javascript; charset=utf-8");
      assertThat(gateway.send("HEAD", "/main.js", null).headers().firstValue("content-length"))
          .hasValue("2");
      assertThat(gateway.send("POST", "/", "x").statusCode()).isEqualTo(405);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/..data/index.html",
        "/.hidden",
        "/outside.txt",
        "//etc/passwd",
        "/a/../../secret.txt",
        "/missing.html",
        "/..\\secret.txt",
        "/index.html/",
        "/%00index.html"
      })
  void nothingOutsideTheFolderIsServed(String path) throws Exception {
    try (TestGateway gateway = gateway();
        Socket socket = new Socket(TestGateway.ADDRESS, gateway.port())) {
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer)
          .startsWith("HTTP/1.1 404")
          .contains("application/problem+json")
          .doesNotContain("secret!");
    }
  }

  @Test
  void probesAndMetricsAnswer() throws Exception {
    try (TestGateway gateway = gateway()) {
      assertThat(gateway.get("/livez").statusCode()).isEqualTo(200);
      assertThat(gateway.get("/readyz").statusCode()).isEqualTo(200);
      gateway.get("/users/");
      assertThat(gateway.get("/metrics").body())
          .contains(
              "gateway_answers_total{service=\"user-service\",status=\"502\",by=\"gateway\",context=\"\",flag=\"\"} 1")
          .contains("gateway_answer_seconds_count{service=\"user-service\"} 1");
    }
  }

  private TestGateway gateway() throws IOException {
    Path mount = Files.createDirectories(folder.resolve("ui/..2026_01_01"));
    Files.writeString(mount.resolve("index.html"), "<html>극장</html>");
    Files.writeString(mount.resolve("main.js"), "1;");
    Path ui = folder.resolve("ui");
    Files.createSymbolicLink(ui.resolve("..data"), Path.of("..2026_01_01"));
    Files.createSymbolicLink(ui.resolve("index.html"), Path.of("..data/index.html"));
    Files.createSymbolicLink(ui.resolve("main.js"), Path.of("..data/main.js"));
    Files.writeString(folder.resolve("secret.txt"), "secret!");
    Files.writeString(ui.resolve(".hidden"), "secret!");
    Files.createSymbolicLink(ui.resolve("outside.txt"), folder.resolve("secret.txt"));
    return new TestGateway("http://127.162.2.2:1", Map.of("UI_DIR", ui.toString()));
  }
}
