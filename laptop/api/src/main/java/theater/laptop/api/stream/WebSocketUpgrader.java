package theater.laptop.api.stream;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// `Upgrade: websocket` of an admitted request. What is not admitted goes on as an ordinary request
/// and gets its refusal there. Of our own because the web server's WebSocket module is not in the
/// registries.
public final class WebSocketUpgrader implements Http1Upgrader {
  private static final HeaderName KEY = HeaderNames.create("Sec-WebSocket-Key");
  private static final HeaderName PROTOCOL = HeaderNames.create("Sec-WebSocket-Protocol");
  private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  static final String TUNNEL = "SPDY/3.1+portforward.k8s.io";
  private static final List<String> REMOTE_COMMAND =
      List.of("v5.channel.k8s.io", "v4.channel.k8s.io");

  private final StreamGate gate;
  private final Function<String, Path> nodes;

  /// @param nodes name of a node → its socket
  public WebSocketUpgrader(StreamGate gate, Function<String, Path> nodes) {
    this.gate = gate;
    this.nodes = nodes;
  }

  @Override
  public String supportedProtocol() {
    return "websocket";
  }

  @Override
  public ServerConnection upgrade(
      ConnectionContext connection, HttpPrologue prologue, WritableHeaders<?> headers) {
    Optional<String> key = headers.first(KEY);
    Optional<StreamTarget> target = gate.admit(connection, prologue, headers);
    if (key.isEmpty() || target.isEmpty()) {
      return null;
    }
    Optional<String> protocol = protocol(target.get(), headers);
    if (protocol.isEmpty()) {
      return null;
    }
    Wire wire = new Wire(connection);
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Accept: "
            + accept(key.get())
            + "\r\nSec-WebSocket-Protocol: "
            + protocol.get()
            + "\r\n\r\n";
    try {
      wire.out().write(answer.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    WebSocket socket = new WebSocket(wire.in(), wire.out());
    Runnable session =
        target.get().verb().equals("portforward")
            ? new PortForward(gate, target.get(), socket.bytes(), socket::send, wire::close)
            : new ExecBridge(target.get(), socket, protocol.get(), nodes, wire::close);
    return new StreamConnection(wire, session, socket::ping);
  }

  /// The first of ours that the client offers.
  private static Optional<String> protocol(StreamTarget target, Headers headers) {
    List<String> offered = new ArrayList<>();
    if (headers.contains(PROTOCOL)) {
      for (String line : headers.get(PROTOCOL).allValues()) {
        List.of(line.split("\\s*,\\s*")).forEach(offered::add);
      }
    }
    List<String> ours = target.verb().equals("portforward") ? List.of(TUNNEL) : REMOTE_COMMAND;
    return ours.stream().filter(offered::contains).findFirst();
  }

  private static String accept(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
