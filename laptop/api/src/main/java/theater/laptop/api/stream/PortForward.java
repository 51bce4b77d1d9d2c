package theater.laptop.api.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import theater.laptop.api.spdy.SpdySession;
import theater.laptop.api.spdy.SpdyStream;

/// `port-forward`: for each connection the client opens two streams, `error` and `data`, with the
/// pod's port and a number that they share (Kubernetes: portforward.k8s.io). Ends with the pod.
final class PortForward implements Runnable {
  private static final int CONNECT_MILLIS = 5000;
  private final StreamGate gate;
  private final StreamTarget target;
  private final SpdySession session;
  private final Runnable hangUp;
  private final Map<String, SpdyStream> waiting = new ConcurrentHashMap<>();

  PortForward(
      StreamGate gate, StreamTarget target, InputStream in, SpdySession.Sink out, Runnable hangUp) {
    this.gate = gate;
    this.target = target;
    this.session = new SpdySession(in, out);
    this.hangUp = hangUp;
  }

  @Override
  public void run() {
    Thread watch = Thread.ofVirtual().name("port-forward's pod").start(this::watch);
    try {
      session.run(this::opened);
    } catch (IOException e) {
      // The client is gone.
    } finally {
      watch.interrupt();
    }
  }

  private void watch() {
    try {
      while (gate.alive(target)) {
        TimeUnit.SECONDS.sleep(1);
      }
      hangUp.run();
    } catch (InterruptedException e) {
      // The client has ended it.
    }
  }

  private void opened(SpdyStream stream) {
    String request = stream.header("requestid") + " " + stream.header("port");
    SpdyStream other = waiting.remove(request);
    if (other == null) {
      waiting.put(request, stream);
      return;
    }
    boolean data = stream.header("streamtype").equals("data");
    SpdyStream errors = data ? other : stream;
    SpdyStream bytes = data ? stream : other;
    Thread.ofVirtual().name("port-forward " + request).start(() -> connect(bytes, errors));
  }

  private void connect(SpdyStream data, SpdyStream errors) {
    String port = data.header("port");
    try (Socket socket = new Socket()) {
      InetSocketAddress address;
      try {
        address = PodPorts.of(target.pod(), Integer.parseInt(port));
        socket.connect(address, CONNECT_MILLIS);
      } catch (IOException | IllegalArgumentException e) {
        data.end();
        refuse(errors, port, e);
        return;
      }
      Thread up = Thread.ofVirtual().name("port-forward up").start(() -> up(data, socket));
      down(socket, data);
      up.join();
      errors.end();
    } catch (IOException e) {
      // The client is gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      session.forget(data, errors);
    }
  }

  /// As containerd says it.
  private void refuse(SpdyStream errors, String port, Exception why) throws IOException {
    String uid = target.text("metadata", "uid");
    String text =
        "error forwarding port "
            + port
            + " to pod "
            + uid
            + ", uid : failed to execute portforward in network namespace \""
            + target.text("status", "podIP")
            + "\": failed to connect to localhost:"
            + port
            + " inside namespace \""
            + uid
            + "\": "
            + (why instanceof java.net.ConnectException
                ? "connect: connection refused"
                : why.getMessage());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    errors.write(bytes, 0, bytes.length);
    errors.end();
  }

  private static void up(SpdyStream from, Socket to) {
    try {
      OutputStream out = to.getOutputStream();
      from.in().transferTo(out);
      to.shutdownOutput();
    } catch (IOException e) {
      close(to);
    }
  }

  private static void down(Socket from, SpdyStream to) {
    byte[] block = new byte[1 << 14];
    try {
      InputStream in = from.getInputStream();
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        to.write(block, 0, read);
      }
    } catch (IOException e) {
      close(from);
    }
    try {
      to.end();
    } catch (IOException e) {
      close(from);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed either way.
    }
  }
}
