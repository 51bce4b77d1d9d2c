package theater.laptop.api.stream;

import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// `Upgrade: SPDY/3.1` for `port-forward`: what kubectl 1.30 and older clients ask for. It is the
/// protocol that newer ones tunnel through a WebSocket.
public final class SpdyUpgrader implements Http1Upgrader {
  private final StreamGate gate;

  public SpdyUpgrader(StreamGate gate) {
    this.gate = gate;
  }

  @Override
  public String supportedProtocol() {
    return "SPDY/3.1";
  }

  @Override
  public ServerConnection upgrade(
      ConnectionContext connection, HttpPrologue prologue, WritableHeaders<?> headers) {
    Optional<StreamTarget> target =
        gate.admit(connection, prologue, headers).filter(each -> each.verb().equals("portforward"));
    if (target.isEmpty()) {
      return null;
    }
    Wire wire = new Wire(connection);
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n"
            + "X-Stream-Protocol-Version: portforward.k8s.io\r\n\r\n";
    try {
      wire.out().write(answer.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runnable session =
        new PortForward(gate, target.get(), wire.in(), wire.out()::write, wire::close);
    return new StreamConnection(wire, session, () -> {});
  }
}
