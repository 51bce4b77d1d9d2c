package theater.bench;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/// A kept HTTP/1.1 connection, one request at a time. It does next to nothing itself: what measures
/// shares two cores with what is measured.
final class KeptConnection implements Closeable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final String CONTEXT = "x-service-cluster:";
  private static final String LENGTH = "content-length:";

  private final Socket socket = new Socket();
  private final InputStream in;

  /// @param status of HTTP
  /// @param context who answered; empty when no service did
  record Answer(int status, String context) {}

  KeptConnection(InetSocketAddress target) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(target, PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream(), 8192);
  }

  /// Sends the request and reads the answer to its end.
  Answer get(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    String first = line();
    if (!first.matches("HTTP/1\\.1 \\d{3}.*")) {
      throw new IOException("answer is \"" + first + "\"; expected HTTP/1.1");
    }
    int length = -1;
    String context = "";
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
        length = Integer.parseInt(header.substring(LENGTH.length()).strip());
      } else if (header.regionMatches(true, 0, CONTEXT, 0, CONTEXT.length())) {
        context = header.substring(CONTEXT.length()).strip();
      }
    }
    if (length < 0) {
      throw new IOException("the answer has no Content-Length");
    }
    in.skipNBytes(length);
    return new Answer(Integer.parseInt(first.substring(9, 12)), context);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the connection ended");
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
