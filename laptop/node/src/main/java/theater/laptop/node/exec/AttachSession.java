package theater.laptop.node.exec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import theater.laptop.streams.Channel;
import theater.laptop.streams.ExitStatus;
import theater.laptop.streams.FrameConnection;

/// One `attach`: what the container writes from now on, until it ends. Its two outputs are one file
/// here, so all of it comes as standard output. Input is read by nobody, as of a container without
/// `stdin: true`.
final class AttachSession {
  private static final long PAUSE_MILLIS = 50;
  private final FrameConnection frames;
  private final RunningContainer container;

  AttachSession(FrameConnection frames, RunningContainer container) {
    this.frames = frames;
    this.container = container;
  }

  /// Returns when it is over.
  void run() throws IOException, InterruptedException {
    Thread client =
        Thread.ofPlatform()
            .daemon()
            .name("attach " + container.name() + " in")
            .start(this::fromClient);
    try (FileChannel log = FileChannel.open(container.log(), StandardOpenOption.READ)) {
      long at = log.size();
      ByteBuffer block = ByteBuffer.allocate(1 << 14);
      while (client.isAlive()) {
        boolean over = !container.process().isAlive();
        int read = log.read(block.clear(), at);
        if (read > 0) {
          frames.write(Channel.STDOUT, block.array(), 0, read);
          at += read;
        } else if (over) {
          frames.write(Channel.STATUS, ExitStatus.of(0));
          frames.finish();
          client.join();
        } else {
          client.join(PAUSE_MILLIS);
        }
      }
    }
  }

  private void fromClient() {
    try {
      while (frames.read() != null) {
        // Nobody reads it.
      }
    } catch (IOException e) {
      // Gone.
    }
  }
}
