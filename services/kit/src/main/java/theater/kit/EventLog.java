package theater.kit;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import theater.kit.json.JsonText;

/// One JSON object per line on standard output: `time`, `level`, then the members given.
public final class EventLog {
  private final PrintStream out;

  public EventLog(PrintStream out) {
    this.out = out;
  }

  /// @param members name, value, name, value …; a null value is left out
  public void info(Object... members) {
    write("info", members);
  }

  /// Something went wrong that a person should read.
  public void error(Object... members) {
    write("error", members);
  }

  private void write(String level, Object... members) {
    var line = new StringBuilder(160).append("{\"time\":\"");
    line.append(Instant.now().truncatedTo(ChronoUnit.MILLIS))
        .append("\",\"level\":\"")
        .append(level)
        .append('"');
    for (int i = 0; i < members.length; i += 2) {
      Object value = members[i + 1];
      if (value == null) {
        continue;
      }
      line.append(",\"").append(members[i]).append("\":");
      if (value instanceof Number || value instanceof Boolean) {
        line.append(value);
      } else {
        JsonText.quote(value.toString(), line);
      }
    }
    byte[] bytes = line.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
    out.write(bytes, 0, bytes.length);
    out.flush();
  }

  /// A throwable with its causes, for a log member: the innermost tells what happened.
  public static String causes(Throwable thrown) {
    var text = new StringBuilder();
    for (Throwable t = thrown; t != null && text.length() < 1000; t = t.getCause()) {
      text.append(text.isEmpty() ? "" : " <- ").append(t);
    }
    return text.toString();
  }
}
