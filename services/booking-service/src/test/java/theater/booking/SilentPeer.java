package theater.booking;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Takes every connection and never says a word, like a Redis whose machine hangs.
final class SilentPeer implements AutoCloseable {
  private final ServerSocket server;
  private final List<Socket> taken = new CopyOnWriteArrayList<>();

  SilentPeer(String host, int port) throws IOException {
    server = new ServerSocket(port, 200, InetAddress.getByName(host));
    Thread.ofVirtual().name("silent peer").start(this::take);
  }

  /// How many connections it has taken.
  int taken() {
    return taken.size();
  }

  private void take() {
    try {
      while (true) {
        taken.add(server.accept());
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : taken) {
      socket.close();
    }
  }
}
