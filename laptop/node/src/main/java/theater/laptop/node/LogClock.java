package theater.laptop.node;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import theater.laptop.streams.LogTimes;

/// Looks at the sizes of all logs of a node now and then, so that `kubectl logs --since` and
/// `--timestamps` know when a line was written. One thread calls it.
final class LogClock implements Runnable {
  static final long PERIOD_MILLIS = 500;
  private static final Logger LOG = System.getLogger(LogClock.class.getName());
  private final Path pods;
  private final Clock clock;
  private Map<Path, Long> sizes = new HashMap<>();

  LogClock(Path pods, Clock clock) {
    this.pods = pods;
    this.clock = clock;
  }

  @Override
  public void run() {
    if (!Files.isDirectory(pods)) {
      return;
    }
    Map<Path, Long> now = new HashMap<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(pods)) {
      for (Path folder : folders) {
        look(folder, now);
      }
      sizes = now;
    } catch (IOException | RuntimeException e) {
      // A pod's folder may go while it is read.
      LOG.log(Level.DEBUG, "{0}: {1}", pods, e.toString());
    }
  }

  private void look(Path folder, Map<Path, Long> now) throws IOException {
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, "*.log")) {
      for (Path log : logs) {
        long size = Files.size(log);
        if (size != sizes.getOrDefault(log, 0L)) {
          LogTimes.append(log, clock.millis(), size);
        }
        now.put(log, size);
      }
    }
  }
}
