package theater.acceptance.course;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds the commands in the documents of the original course: lines of shell blocks, and code in
/// the text. Comments behind a command and the body of a quoted patch do not count.
record SeedDocuments(Path folder) {
  private static final Pattern COMMAND =
      Pattern.compile(
          "(kubectl|istioctl|curl|helm|docker|podman|nslookup)\\b.*|\\./[a-z-]+\\.sh\\b.*");
  private static final Pattern FENCE = Pattern.compile("\\s*```(\\w*).*");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /// Empty where the documents are not: they lie beside the repository, in development only.
  static Optional<SeedDocuments> beside(Path repository) {
    Path folder = repository.resolveSibling("shared").resolve("seeds");
    return Files.isDirectory(folder) ? Optional.of(new SeedDocuments(folder)) : Optional.empty();
  }

  SortedSet<String> commands() {
    SortedSet<String> commands = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".md")).toList()) {
        read(Files.readAllLines(file), commands);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return commands;
  }

  private static void read(List<String> lines, SortedSet<String> commands) {
    String block = null;
    for (int i = 0; i < lines.size(); i++) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (fence.matches()) {
        block = block == null ? fence.group(1) : null;
      } else if (block == null) {
        CODE.matcher(lines.get(i)).results().forEach(code -> add(code.group(1), commands));
      } else if (List.of("bash", "sh", "shell").contains(block)) {
        String line = lines.get(i).strip();
        while (line.endsWith("\\") && i + 1 < lines.size()) {
          i++;
          line = line.substring(0, line.length() - 1).strip() + " " + lines.get(i).strip();
        }
        add(line, commands);
      }
    }
  }

  private static void add(String text, SortedSet<String> commands) {
    String command = normal(text);
    if (COMMAND.matcher(command).matches()) {
      commands.add(command);
    }
  }

  /// Without comment, and without the quote that a patch of many lines begins with.
  private static String normal(String text) {
    String command = text.replaceAll("\\s+#.*$", "").strip();
    return command.endsWith("-p='") ? command.substring(0, command.length() - 1) : command;
  }
}
