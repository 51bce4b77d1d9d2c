package theater.laptop.node.exec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import theater.laptop.streams.Channel;
import theater.laptop.streams.Frame;
import theater.laptop.streams.FrameConnection;
import theater.laptop.streams.StreamRequest;

/// What the API server does: asks for a stream and reads what comes.
final class ExecClient implements AutoCloseable {
  final FrameConnection frames;
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final ByteArrayOutputStream err = new ByteArrayOutputStream();
  String status = "";

  ExecClient(Path socket, boolean stdin, boolean tty, String... command) throws IOException {
    frames = FrameConnection.connect(socket);
    StreamRequest request =
        new StreamRequest("exec", "uid", "main", List.of(command), stdin, true, true, tty);
    frames.write(Channel.REQUEST, request.bytes());
  }

  void send(int channel, String text) throws IOException {
    frames.write(channel, text.getBytes(StandardCharsets.UTF_8));
  }

  void closeInput() throws IOException {
    frames.write(Channel.CLOSE, new byte[] {Channel.STDIN});
  }

  /// Reads until the output has this text.
  void await(String text) throws IOException {
    while (!out.toString(StandardCharsets.UTF_8).contains(text)) {
      if (!next()) {
        throw new IOException("the stream ended; it said: " + out + err + status);
      }
    }
  }

  /// Reads to the end.
  ExecClient end() throws IOException {
    while (next()) {
      // On.
    }
    return this;
  }

  private boolean next() throws IOException {
    Frame frame = frames.read();
    if (frame == null) {
      return false;
    }
    switch (frame.channel()) {
      case Channel.STDOUT -> out.writeBytes(frame.bytes());
      case Channel.STDERR -> err.writeBytes(frame.bytes());
      default -> status = new String(frame.bytes(), StandardCharsets.UTF_8);
    }
    return true;
  }

  String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    frames.close();
  }
}
