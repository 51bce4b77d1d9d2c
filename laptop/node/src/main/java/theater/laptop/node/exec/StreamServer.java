package theater.laptop.node.exec;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import theater.laptop.streams.Channel;
import theater.laptop.streams.ExitStatus;
import theater.laptop.streams.Frame;
import theater.laptop.streams.FrameConnection;
import theater.laptop.streams.StreamRequest;

/// Listens for `exec` and `attach` on a Unix socket; the mode of its folder is its authentication.
public final class StreamServer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(StreamServer.class.getName());

  /// More at a time are refused: each costs a process and three threads.
  private static final int MOST = 100;

  private final Path path;
  private final Containers containers;
  private final ServerSocketChannel server;
  private final Set<FrameConnection> open = ConcurrentHashMap.newKeySet();

  private StreamServer(Path path, Containers containers) throws IOException {
    this.path = path;
    this.containers = containers;
    Files.createDirectories(path.getParent());
    Files.deleteIfExists(path);
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
  }

  /// @throws IOException when the socket cannot be made
  public static StreamServer start(Path path, Containers containers) throws IOException {
    StreamServer server = new StreamServer(path, containers);
    Thread.ofVirtual().name("streams " + path.getFileName()).start(server::accept);
    return server;
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel client = server.accept();
        FrameConnection frames = new FrameConnection(client);
        open.add(frames);
        Thread.ofPlatform().daemon().name("stream").start(() -> serve(frames));
      } catch (IOException e) {
        if (server.isOpen()) {
          LOG.log(Level.WARNING, "{0}: {1}", path, e.toString());
        }
      }
    }
  }

  private void serve(FrameConnection frames) {
    try (frames) {
      Frame first = frames.read();
      if (first == null || first.channel() != Channel.REQUEST) {
        return;
      }
      try {
        stream(frames, StreamRequest.read(first.bytes()));
      } catch (StreamRefusal e) {
        frames.write(Channel.STATUS, ExitStatus.failure(e.getMessage()));
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a stream of {0} broke: {1}", path, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(frames);
    }
  }

  private void stream(FrameConnection frames, StreamRequest request)
      throws IOException, InterruptedException, StreamRefusal {
    if (open.size() > MOST) {
      throw new StreamRefusal(
          "too many streams: " + MOST + " run on this node; end some of them first");
    }
    RunningContainer container = containers.running(request.uid(), request.container());
    switch (request.verb()) {
      case "exec" -> {
        try {
          new ExecSession(frames, request, container).run();
        } catch (IOException e) {
          frames.write(
              Channel.STATUS,
              ExitStatus.failure("error executing command in container: " + e.getMessage()));
        }
      }
      case "attach" -> new AttachSession(frames, container).run();
      default -> throw new StreamRefusal("verb is " + request.verb() + "; expected exec or attach");
    }
  }

  /// Ends all streams and what runs in them.
  @Override
  public void close() {
    try {
      server.close();
      open.forEach(FrameConnection::close);
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0}: {1}", path, e.toString());
    }
  }
}
