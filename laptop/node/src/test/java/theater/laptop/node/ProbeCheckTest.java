package theater.laptop.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a failed probe says, in kubelet's words.
class ProbeCheckTest {
  private static final String HERE = "127.0.0.1";

  @Test
  void aCommandSaysWhatItPrinted() {
    assertThat(failure("exec: {command: [sh, -c, 'echo out; echo err >&2; exit 2']}"))
        .isEqualTo("out\nerr\n");
    assertThat(failure("exec: {command: [sh, -c, 'exit 1']}")).isNotEmpty().isBlank();
    assertThat(failure("exec: {command: [sh, -c, 'echo fine']}")).isEmpty();
    assertThat(failure("exec: {command: [no-such-program]}"))
        .isEqualTo("exec: \"no-such-program\": executable file not found in $PATH");
    assertThat(failure("exec: {command: [sleep, '60']}"))
        .isEqualTo("command \"sleep 60\" timed out");
  }

  @Test
  void aCommandThatPrintsMuchIsNotHeldUp() {
    String much = "exec: {command: [sh, -c, 'head -c 1000000 /dev/zero | tr \\\\0 a; exit 1']}";
    assertThat(failure(much)).hasSize((10 << 10) + 1).startsWith("aaa");
  }

  @Test
  void aClosedPortRefuses() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HERE))) {
      port = socket.getLocalPort();
    }
    assertThat(failure("tcpSocket: {port: " + port + "}"))
        .isEqualTo("dial tcp 127.0.0.1:" + port + ": connect: connection refused");
    assertThat(failure("httpGet: {path: /up, port: " + port + "}"))
        .isEqualTo(
            "Get \"http://127.0.0.1:%1$d/up\": dial tcp 127.0.0.1:%1$d: connect: connection refused"
                .formatted(port));
  }

  @Test
  void aServerThatIsSilentOrUnwellIsTold() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HERE))) {
      String url = "http://127.0.0.1:" + socket.getLocalPort() + "/up";
      assertThat(failure("httpGet: {path: up, port: " + socket.getLocalPort() + "}"))
          .isEqualTo(
              "Get \""
                  + url
                  + "\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
    }
    HttpServer server = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
    server.createContext("/", exchange -> exchange.sendResponseHeaders(503, -1));
    server.start();
    try {
      assertThat(failure("httpGet: {path: /up, port: " + server.getAddress().getPort() + "}"))
          .isEqualTo("HTTP probe failed with statuscode: 503");
    } finally {
      server.stop(0);
    }
  }

  private static String failure(String probe) {
    return new ProbeCheck(
            Bench.yaml(probe),
            Bench.yaml("name: main"),
            HERE,
            Map.of("PATH", System.getenv("PATH")))
        .failure();
  }
}
