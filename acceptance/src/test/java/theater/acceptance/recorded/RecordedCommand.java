package theater.acceptance.recorded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What was typed at a real cluster, and what came of it.
///
/// @param exit its code; 0 where the record tells something else
/// @param line without the quotes that were typed
/// @param says the first lines that it printed
record RecordedCommand(int exit, String line, List<String> says) {
  private static final Pattern COMMAND = Pattern.compile("\\[(\\d+|pf)] (.*)");
  private static final String INDENT = "      ";

  static List<RecordedCommand> all(Path file) {
    List<RecordedCommand> all = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        Matcher command = COMMAND.matcher(line);
        if (command.matches()) {
          boolean forward = command.group(1).equals("pf");
          int exit = forward ? 0 : Integer.parseInt(command.group(1));
          all.add(new RecordedCommand(exit, command.group(2), new ArrayList<>()));
        } else if (line.startsWith(INDENT)) {
          all.getLast().says().add(line.substring(INDENT.length()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /// A line that is no kubectl's holds what was printed, too.
  List<String> printed() {
    return line.startsWith("kubectl ") ? says : List.of(line);
  }

  @Override
  public String toString() {
    return line;
  }
}
