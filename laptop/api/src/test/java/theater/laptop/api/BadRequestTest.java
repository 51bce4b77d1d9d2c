package theater.laptop.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import theater.kube.KubeApi;
import theater.kube.ResourceType;
import theater.laptop.api.json.Json;

/// Requests that no kubectl sends, byte by byte: each gets a Status with a clear message, and the
/// server goes on.
class BadRequestTest {
  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  private static final ResourceType CONFIG_MAP =
      new ResourceType("", "v1", "configmaps", "ConfigMap", true);
  private static final int WATCHES = 1000;

  @TempDir static Path folder;
  private static Cluster cluster;
  private static SSLContext administrator;
  private static SSLContext stranger;

  @BeforeAll
  static void start() throws Exception {
    cluster = new Cluster(folder);
    administrator = TestIdentity.get().tls(true);
    stranger = TestIdentity.get().tls(false);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  /// @param head the status line and the headers
  private record Reply(String head, String body) {
    int status() {
      return Integer.parseInt(head.split(" ")[1]);
    }

    ObjectNode json() throws IOException {
      return (ObjectNode) Json.read(body.getBytes(StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"apiVersion\":                     | application/json | 400 | BadRequest",
        "[1, 2]                               | application/json | 400 | BadRequest",
        "nonsense                             | application/json | 400 | BadRequest",
        "'a: [b'                              | application/yaml | 400 | BadRequest",
        "'x'                                  | application/vnd.kubernetes.protobuf | 400 | BadRequest",
        "'<a/>'                               | text/xml         | 415 | UnsupportedMediaType",
      })
  void bodiesThatCannotBeRead(String body, String type, int status, String reason)
      throws Exception {
    Reply reply = send("POST", CONFIG_MAPS, "Content-Type: " + type, body);
    assertThat(reply.status()).as(reply.body).isEqualTo(status);
    assertThat(reply.json().path("kind").asText()).isEqualTo("Status");
    assertThat(reply.json().path("reason").asText()).isEqualTo(reason);
    assertThat(reply.json().path("message").asText()).isNotEmpty();
  }

  @Test
  void tenMegabytesAreTooMuch() throws Exception {
    String large = "{\"data\":{\"a\":\"" + "x".repeat(10 << 20) + "\"}}";
    Reply reply = send("POST", CONFIG_MAPS, "Content-Type: application/json", large);
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.json().path("message").asText())
        .isEqualTo("Request entity too large: limit is 3145728");
    stillThere();
  }

  @Test
  void deepNestingIsRefused() throws Exception {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    Reply reply = send("POST", CONFIG_MAPS, "Content-Type: application/json", deep);
    assertThat(reply.status()).isEqualTo(400);
    stillThere();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/namespaces/../../../etc/passwd",
    "/api/v1/namespaces/%2e%2e/%2e%2e/secrets",
    "/api/v1/namespaces/default/configmaps/..%2f..%2fsecrets",
    "/api/v1/namespaces/default/configmaps/a%00b",
    "/apis/apps/v1/namespaces/default/deployments/x/y/z",
    "/nothing/here",
  })
  void pathsThatLeadNowhere(String path) throws Exception {
    Reply reply = send("GET", path, "Accept: application/json", "");
    assertThat(reply.status()).as(reply.body).isIn(400, 404);
    assertThat(reply.body).doesNotContain("root:").doesNotContain("Exception");
    stillThere();
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization: Bearer nonsense",
    "Authorization: Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJzeXN0ZW06YWRtaW4ifQ.",
    "Authorization: Basic YWRtaW46YWRtaW4=",
    "X-Nothing: here",
  })
  void strangersAreRefused(String header) throws Exception {
    Reply reply = send(stranger, "GET", CONFIG_MAPS, header, "");
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.json().path("message").asText()).isEqualTo("Unauthorized");
  }

  @Test
  void onlyThisComputerIsListenedTo() throws Exception {
    for (InetAddress address : InetAddress.getAllByName("localhost")) {
      if (address.isLoopbackAddress() && !address.getHostAddress().equals("127.0.0.1")) {
        assertThat(refuses(address)).as("%s", address).isTrue();
      }
    }
    assertThat(refuses(InetAddress.getByName("127.0.0.2"))).isTrue();
  }

  @Test
  void aThousandIdleWatchesAndOneThatNeverReadsHinderNobody() throws Exception {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < WATCHES; i++) {
        open.add(watch("/api/v1/namespaces/default/secrets"));
      }
      open.add(watch(CONFIG_MAPS));
      KubeApi api = cluster.server.api();
      ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
      object.putObject("metadata").put("name", "large").put("namespace", "default");
      api.create(CONFIG_MAP, object);
      // More than all buffers between here and there hold: nobody reads any of it.
      for (int i = 0; i < 20; i++) {
        ObjectNode patch = Json.object();
        patch.putObject("data").put("text", i + "x".repeat(500_000));
        api.mergePatch(CONFIG_MAP, "default", "large", null, patch);
      }
      stillThere();
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
      cluster.server.api().delete(CONFIG_MAP, "default", "large", null, null);
    }
  }

  private static Socket watch(String path) throws Exception {
    Socket socket = connect(administrator);
    write(socket, "GET", path + "?watch=true", "Accept: application/json", "");
    int first = socket.getInputStream().read();
    assertThat(first).as("the first byte of the answer").isEqualTo('H');
    return socket;
  }

  private static void stillThere() throws Exception {
    assertThat(send("GET", "/readyz", "Accept: */*", "").body).isEqualTo("ok");
  }

  private static boolean refuses(InetAddress address) {
    try (Socket _ = new Socket(address, cluster.server.port())) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static Reply send(String method, String path, String header, String body)
      throws Exception {
    return send(administrator, method, path, header, body);
  }

  private static Reply send(SSLContext tls, String method, String path, String header, String body)
      throws Exception {
    try (Socket socket = connect(tls)) {
      try {
        write(socket, method, path, header, body);
      } catch (IOException e) {
        // It answered before it had read all.
      }
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        assertThat(next).as("the answer breaks off: " + head).isNotNegative();
        head.append((char) next);
      }
      int length =
          head.toString()
              .lines()
              .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
              .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
              .findFirst()
              .orElse(0);
      return new Reply(head.toString(), new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }
  }

  private static Socket connect(SSLContext tls) throws IOException {
    Socket socket = tls.getSocketFactory().createSocket("127.0.0.1", cluster.server.port());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static void write(Socket socket, String method, String path, String header, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + header
            + (bytes.length == 0 ? "" : "\r\nContent-Length: " + bytes.length)
            + "\r\n\r\n";
    OutputStream out = socket.getOutputStream();
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(bytes);
    out.flush();
  }
}
