package theater.laptop.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/// Says what is being waited for: on a terminal one line that changes, elsewhere a line per change.
final class Progress {
  private static final String CLEAR = "\r\u001b[K";
  private final PrintStream out;
  private final boolean terminal = System.console() != null && System.console().isTerminal();
  private final Instant began = Instant.now();
  private String shown = "";

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
    String line =
        String.format("[%3ds] %s", Duration.between(began, Instant.now()).toSeconds(), text);
    if (terminal) {
      out.print(CLEAR + line);
      out.flush();
    } else {
      out.println(line);
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
