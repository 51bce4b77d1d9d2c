package theater.gateway.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Server-sent events as text (WHATWG HTML, "Server-sent events"). JSON has no line breaks, so an
/// event has one data line.
final class EventText {
  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

  private final ByteArrayOutputStream text = new ByteArrayOutputStream(1024);

  /// What writes the data of an event.
  interface Data {
    void write(JsonGenerator json) throws IOException;
  }

  EventText event(String name, Data data) {
    text.writeBytes(("event: " + name + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
    try (JsonGenerator json = JSON.createGenerator(text)) {
      data.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    text.writeBytes(END);
    return this;
  }

  EventText event(String name, String json) {
    return event(name, generator -> generator.writeRaw(json));
  }

  Buffer buffer() {
    return Buffer.buffer(text.toByteArray());
  }
}
