package theater.laptop.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/// Says what is being waited for: on a terminal one line that changes, elsewhere a line per change.
final class Progress {
  private static final String CLEAR = "\r\u001b[K";
  private static final Duration RARE = Duration.ofSeconds(1);
  private static final int WIDTH = 79;
  private final PrintStream out;
  private final boolean terminal = System.console() != null && System.console().isTerminal();
  private final Instant began = Instant.now();
  private String shown = "";
  private Instant last = Instant.EPOCH;

  Progress(PrintStream out) {
    this.out = out;
  }

  /// A line that stays.
  synchronized void say(String text) {
    end();
    out.println(text);
  }

  /// What is happening now.
  synchronized void step(String text) {
    if (text.equals(shown)) {
      return;
    }
    shown = text;
    last = Instant.now();
    String line = String.format("[%3ds] %s", Duration.between(began, last).toSeconds(), text);
    if (terminal) {
      // A line that wraps could not be taken back.
      out.print(CLEAR + Ink.cut(line, WIDTH));
      out.flush();
    } else {
      out.println(line);
    }
  }

  /// How far it is; where lines stay, at most one a second.
  synchronized void far(String text) {
    if (terminal || Duration.between(last, Instant.now()).compareTo(RARE) >= 0) {
      step(text);
    }
  }

  /// Leaves the changing line.
  synchronized void end() {
    if (terminal && !shown.isEmpty()) {
      out.print(CLEAR);
      out.flush();
    }
    shown = "";
  }
}
