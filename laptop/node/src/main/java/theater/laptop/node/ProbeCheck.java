package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import theater.laptop.plan.AddressPlan;

/// One question to a container (Kubernetes: Probe.httpGet, tcpSocket, exec), asked at the
/// application's address.
final class ProbeCheck {
  private static final int MOST_WORDS = 10 << 10;

  private final JsonNode probe;
  private final JsonNode container;
  private final String address;
  private final Map<String, String> environment;

  ProbeCheck(JsonNode probe, JsonNode container, String address, Map<String, String> environment) {
    this.probe = probe;
    this.container = container;
    this.address = address;
    this.environment = environment;
  }

  /// What an Envoy is asked, whatever its manifest says.
  static JsonNode envoyReady() {
    var probe =
        JsonNodeFactory.instance.objectNode().put("periodSeconds", 2).put("failureThreshold", 3);
    probe.putObject("httpGet").put("path", "/ready").put("port", AddressPlan.ENVOY_ADMIN_PORT);
    return probe;
  }

  /// @return what went wrong, or empty
  String failure() {
    int millis = 1000 * Math.max(1, probe.path("timeoutSeconds").asInt(1));
    try {
      if (probe.has("httpGet")) {
        return get(probe.path("httpGet"), millis);
      }
      if (probe.has("tcpSocket")) {
        try (Socket socket = connect(probe.path("tcpSocket"), millis)) {
          return socket.isConnected() ? "" : "not connected";
        }
      }
      if (probe.has("exec")) {
        return exec(millis);
      }
      return "probe is " + probe + "; expected httpGet, tcpSocket or exec";
    } catch (IOException | IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private Socket connect(JsonNode target, int millis) throws IOException {
    Socket socket = new Socket();
    try {
      InetSocketAddress to =
          new InetSocketAddress(target.path("host").asText(address), port(target.path("port")));
      try {
        socket.connect(to, millis);
      } catch (IOException e) {
        throw new IOException(
            "dial tcp " + to.getHostString() + ":" + to.getPort() + ": " + why(e), e);
      }
      socket.setSoTimeout(millis);
      return socket;
    } catch (IOException | IllegalArgumentException e) {
      socket.close();
      throw e;
    }
  }

  /// As Go's network library says it.
  private static String why(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return e instanceof SocketTimeoutException ? "i/o timeout" : "connect: " + message;
  }

  private String get(JsonNode get, int millis) {
    String path = get.path("path").asText("/");
    String url =
        "http://"
            + get.path("host").asText(address)
            + ":"
            + port(get.path("port"))
            + (path.startsWith("/") ? path : "/" + path);
    try {
      return http(get, millis);
    } catch (SocketTimeoutException e) {
      return "Get \""
          + url
          + "\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)";
    } catch (IOException e) {
      return "Get \"" + url + "\": " + e.getMessage();
    }
  }

  private String http(JsonNode get, int millis) throws IOException {
    if (get.path("scheme").asText("HTTP").equals("HTTPS")) {
      return "scheme is HTTPS; expected HTTP (the laptop probes without TLS)";
    }
    StringBuilder request =
        new StringBuilder("GET ").append(get.path("path").asText("/")).append(" HTTP/1.1\r\n");
    String host = address + ":" + port(get.path("port"));
    for (JsonNode header : get.path("httpHeaders")) {
      if (header.path("name").asText().equalsIgnoreCase("host")) {
        host = header.path("value").asText();
      } else {
        request
            .append(header.path("name").asText())
            .append(": ")
            .append(header.path("value").asText())
            .append("\r\n");
      }
    }
    request
        .append("Host: ")
        .append(host)
        .append("\r\nUser-Agent: kube-probe/theater\r\nAccept: */*\r\nConnection: close\r\n\r\n");
    try (Socket socket = connect(get, millis)) {
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
      String line =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1), 512)
              .readLine();
      if (line == null) {
        throw new EOFException("EOF");
      }
      String[] words = line.split(" ");
      if (words.length < 2 || !words[1].matches("\\d{3}")) {
        return "malformed HTTP response \"" + line + "\"";
      }
      int code = Integer.parseInt(words[1]);
      return code >= 200 && code < 400 ? "" : "HTTP probe failed with statuscode: " + code;
    }
  }

  private String exec(int millis) throws IOException {
    List<String> command = new ArrayList<>();
    probe.path("exec").path("command").forEach(word -> command.add(word.asText()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = start(builder);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Thread listener = Thread.ofVirtual().start(() -> listen(process.getInputStream(), said));
    try {
      if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
        return "command \"" + String.join(" ", command) + "\" timed out";
      }
      listener.join(Duration.ofMillis(millis));
      // The line's end keeps silence apart from success.
      return process.exitValue() == 0 ? "" : said.toString(StandardCharsets.UTF_8).strip() + "\n";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    } finally {
      Launcher.kill(process);
    }
  }

  private static Process start(ProcessBuilder builder) throws IOException {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new IOException(
          "exec: \"" + builder.command().getFirst() + "\": executable file not found in $PATH", e);
    }
  }

  /// The first words of a program, and no more: it must not wait for a reader.
  private static void listen(InputStream output, ByteArrayOutputStream said) {
    try (output) {
      byte[] part = new byte[1024];
      for (int n = output.read(part); n >= 0; n = output.read(part)) {
        said.write(part, 0, Math.min(n, MOST_WORDS - said.size()));
      }
    } catch (IOException e) {
      // The program was killed.
    }
  }

  private int port(JsonNode port) {
    if (port.isInt()) {
      return port.asInt();
    }
    for (JsonNode declared : container.path("ports")) {
      if (declared.path("name").asText().equals(port.asText())) {
        return declared.path("containerPort").asInt();
      }
    }
    if (port.asText().matches("\\d{1,5}")) {
      return Integer.parseInt(port.asText());
    }
    throw new IllegalArgumentException("couldn't find port: " + port + " in pod");
  }
}
