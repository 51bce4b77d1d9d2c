package theater.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A page that listens, over a plain socket, so that it can also be slow.
final class LiveEvents implements AutoCloseable {
  private final Socket socket = new Socket();
  private final BufferedReader reader;

  LiveEvents(String address, int port) throws IOException {
    socket.setReceiveBufferSize(4096);
    socket.connect(new java.net.InetSocketAddress(address, port), 5000);
    socket.setSoTimeout(20_000);
    socket
        .getOutputStream()
        .write(("GET /events HTTP/1.1\r\nHost: page\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    reader =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /// The data of the next event of this name; other events are passed over.
  JsonNode next(String event) throws IOException {
    String line = reader.readLine();
    boolean found = false;
    while (line != null) {
      if (line.startsWith("event: ")) {
        found = line.equals("event: " + event);
      } else if (found && line.startsWith("data: ")) {
        return TestGateway.json(line.substring("data: ".length()));
      }
      line = reader.readLine();
    }
    throw new IOException("the stream ended without the event " + event);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
