package theater.laptop.api.stream;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import theater.laptop.streams.Channel;
import theater.laptop.streams.ExitStatus;
import theater.laptop.streams.Frame;
import theater.laptop.streams.FrameConnection;
import theater.laptop.streams.StreamRequest;

/// `exec` and `attach`: passes what the client says on to the pod's node and back. Each side waits
/// for the other, so a slow one costs no memory.
final class ExecBridge implements Runnable {
  private static final long GOODBYE_SECONDS = 5;
  private final StreamTarget target;
  private final WebSocket client;
  private final boolean halfClose;
  private final Function<String, Path> nodes;
  private final Runnable hangUp;

  /// @param hangUp ends the connection of a client that does not after its goodbye
  ExecBridge(
      StreamTarget target,
      WebSocket client,
      String protocol,
      Function<String, Path> nodes,
      Runnable hangUp) {
    this.target = target;
    this.client = client;
    this.halfClose = protocol.startsWith("v5");
    this.nodes = nodes;
    this.hangUp = hangUp;
  }

  @Override
  public void run() {
    String node = target.text("spec", "nodeName");
    try (FrameConnection frames = FrameConnection.connect(nodes.apply(node))) {
      frames.write(Channel.REQUEST, request().bytes());
      Thread back = Thread.ofVirtual().name("stream to client").start(() -> toClient(frames));
      fromClient(frames);
      back.interrupt();
    } catch (IOException e) {
      end(ExitStatus.failure("error dialing backend: node " + node + ": " + e.getMessage()));
    }
  }

  private StreamRequest request() {
    boolean terminal = target.flag("tty");
    return new StreamRequest(
        target.verb(),
        target.text("metadata", "uid"),
        target.container(),
        target.words("command"),
        target.flag("stdin"),
        target.flag("stdout"),
        target.flag("stderr") && !terminal,
        terminal);
  }

  private void fromClient(FrameConnection frames) {
    try {
      for (byte[] message = client.read(); message != null; message = client.read()) {
        if (message.length == 0) {
          continue;
        }
        int channel = message[0] & 0xff;
        byte[] bytes = Arrays.copyOfRange(message, 1, message.length);
        if (channel == Channel.STDIN && bytes.length > 0
            || channel == Channel.RESIZE
            || channel == Channel.CLOSE && halfClose) {
          frames.write(channel, bytes);
        }
      }
    } catch (IOException e) {
      // The client or the node is gone; the other is told by closing.
    }
  }

  private void toClient(FrameConnection frames) {
    try {
      client.send(Channel.STDOUT, new byte[0]);
      for (Frame frame = frames.read(); frame != null; frame = frames.read()) {
        if (frame.channel() == Channel.STATUS) {
          end(frame.bytes());
          return;
        }
        client.send(frame.channel(), frame.bytes());
      }
      end(ExitStatus.failure("the connection to the node was lost"));
    } catch (IOException e) {
      frames.close();
    }
  }

  private void end(byte[] status) {
    try {
      client.send(Channel.STATUS, status);
      client.close(WebSocket.NORMAL, "");
      TimeUnit.SECONDS.sleep(GOODBYE_SECONDS);
    } catch (IOException e) {
      // Nobody is left to be told.
    } catch (InterruptedException e) {
      return;
    }
    hangUp.run();
  }
}
