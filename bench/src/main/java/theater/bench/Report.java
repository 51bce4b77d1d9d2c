package theater.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The tables, as Markdown: printed while they are made, and written below the line `<!-- measured
/// -->` of a document.
final class Report {
  private static final String MARK = "<!-- measured -->";
  private final List<String> lines = new ArrayList<>();

  void heading(String text) {
    line("");
    line("## " + text);
    line("");
  }

  void text(String text) {
    line(text);
    line("");
  }

  void table(String... columns) {
    row((Object[]) columns);
    line("|" + "---|".repeat(columns.length));
  }

  void row(Object... cells) {
    line("| " + String.join(" | ", Stream.of(cells).map(Report::shown).toList()) + " |");
  }

  void write(Path document) throws IOException {
    String old = Files.readString(document);
    int mark = old.indexOf(MARK);
    if (mark < 0) {
      throw new IOException(
          document + " has no line \"" + MARK + "\" to write the measurements under");
    }
    Files.writeString(
        document, old.substring(0, mark) + MARK + "\n" + String.join("\n", lines) + "\n");
  }

  private static String shown(Object cell) {
    return cell instanceof Double number
        ? (Math.abs(number) < 100 ? "%.1f" : "%.0f").formatted(number)
        : cell.toString();
  }

  private void line(String text) {
    lines.add(text);
    System.out.println(text);
  }
}
