package theater.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

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
    return await(event, json -> true);
  }

  /// The first state of this name, in the snapshot or told later, that is as wanted.
  JsonNode await(String event, Predicate<JsonNode> wanted) throws IOException {
    long end = System.nanoTime() + 30_000_000_000L;
    String name = "";
    JsonNode last = null;
    for (String line = reader.readLine();
        line != null && System.nanoTime() < end;
        line = reader.readLine()) {
      if (line.startsWith("event: ")) {
        name = line.substring("event: ".length());
      } else if (line.startsWith("data: ")) {
        JsonNode data = TestGateway.json(line.substring("data: ".length()));
        JsonNode found =
            name.equals(event)
                ? data
                : name.equals("snapshot") && !event.equals("answer") ? data.get(event) : null;
        if (found != null && wanted.test(found)) {
          return found;
        }
        last = found == null ? last : found;
      }
    }
    throw new IOException("no event " + event + " as wanted; the last was " + last);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
