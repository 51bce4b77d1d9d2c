package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The last words of a program that failed, for its container's status.
final class LogTail {
  private static final int BYTES = 600;
  private static final int LINES = 5;

  private LogTail() {}

  /// Nothing, unless the container's `terminationMessagePolicy` asks for it.
  static String of(JsonNode container, Path log) {
    String policy = container.path("terminationMessagePolicy").asText();
    return policy.equals("FallbackToLogsOnError") ? of(log) : "";
  }

  /// At most five whole lines; empty when there is no log.
  static String of(Path log) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(0, file.length() - BYTES);
      file.seek(from);
      byte[] bytes = new byte[(int) (file.length() - from)];
      file.readFully(bytes);
      String text = new String(bytes, StandardCharsets.UTF_8).strip();
      String[] lines =
          (from > 0 && text.contains("\n") ? text.substring(text.indexOf('\n') + 1) : text)
              .split("\n");
      int first = Math.max(0, lines.length - LINES);
      return String.join("\n", java.util.Arrays.asList(lines).subList(first, lines.length));
    } catch (IOException e) {
      return "";
    }
  }
}
