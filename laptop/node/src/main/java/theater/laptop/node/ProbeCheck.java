package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import theater.laptop.plan.AddressPlan;

/// One question to a container (Kubernetes: Probe.httpGet, tcpSocket, exec), asked at the
/// application's address.
final class ProbeCheck {
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
        return http(probe.path("httpGet"), millis);
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
            "dial tcp " + to.getHostString() + ":" + to.getPort() + ": " + e.getMessage(), e);
      }
      socket.setSoTimeout(millis);
      return socket;
    } catch (IOException | IllegalArgumentException e) {
      socket.close();
      throw e;
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
      String[] words = line == null ? new String[0] : line.split(" ");
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
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
        return "command timed out: " + String.join(" ", command);
      }
      return process.exitValue() == 0
          ? ""
          : "command exited with " + process.exitValue() + ": " + String.join(" ", command);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    } finally {
      Launcher.kill(process);
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
