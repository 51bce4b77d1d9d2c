package theater.acceptance.course;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A row of `course-commands.txt`, or of another table in that form.
///
/// @param written as the documents write it
/// @param run what is typed; empty when it is not run
/// @param after what is typed afterwards; empty for nothing
/// @param exit code expected
/// @param says regular expressions that the output must have
/// @param why not run, and what to do instead; empty when it is run
public record CourseCommand(
    List<String> written, String run, String after, int exit, List<String> says, String why) {

  @Override
  public String toString() {
    return written.getFirst();
  }

  static List<CourseCommand> all() {
    return of("/theater/acceptance/course-commands.txt");
  }

  /// @param table a resource
  public static List<CourseCommand> of(String table) {
    try (InputStream in = CourseCommand.class.getResourceAsStream(table);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      List<CourseCommand> all = new ArrayList<>();
      List<String> row = new ArrayList<>();
      for (String line : reader.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
        boolean begins = line.startsWith("= ");
        if (begins && !row.isEmpty() && !row.getLast().startsWith("= ")) {
          all.add(row(row));
          row.clear();
        }
        row.add(line);
      }
      all.add(row(row));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CourseCommand row(List<String> lines) {
    List<String> written = with("= ", lines);
    String why = String.join(" ", with("x ", lines));
    List<String> run = with("> ", lines);
    List<String> exit = with("! ", lines);
    return new CourseCommand(
        written,
        why.isEmpty() ? run.isEmpty() ? written.getFirst() : String.join("\n", run) : "",
        String.join("\n", with("< ", lines)),
        exit.isEmpty() ? 0 : Integer.parseInt(exit.getFirst().strip()),
        with("? ", lines),
        why);
  }

  private static List<String> with(String mark, List<String> lines) {
    return lines.stream().filter(l -> l.startsWith(mark)).map(l -> l.substring(2).strip()).toList();
  }
}
