package theater.house;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a Markdown file names: code in backticks, shell commands, links, headings.
///
/// @param file relative to the checkout
/// @param code what stands in single backticks
/// @param shell the lines of its bash blocks, without comments
/// @param links targets inside the checkout
/// @param headings their levels, in order
record Markdown(
    Path file, List<String> code, List<String> shell, List<String> links, List<String> headings) {
  private static final Pattern CODE = Pattern.compile("(?<!`)`([^`]+)`(?!`)");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)[^)]*\\)");

  static Markdown of(Path file) {
    List<String> code = new ArrayList<>();
    List<String> shell = new ArrayList<>();
    List<String> links = new ArrayList<>();
    List<String> headings = new ArrayList<>();
    String fence = null;
    for (String line : Repository.read(file).lines().toList()) {
      if (line.strip().startsWith("```")) {
        fence = fence == null ? line.strip().substring(3) : null;
      } else if (fence == null) {
        find(CODE, line, code);
        find(LINK, line, links);
        if (line.startsWith("#")) {
          headings.add(line.replaceAll("[^#].*", ""));
        }
      } else if (fence.equals("bash")) {
        String command = line.replaceFirst("(^|\\s)#.*", "").strip();
        if (!command.isEmpty()) {
          shell.add(command);
        }
      }
    }
    return new Markdown(file, code, shell, links, headings);
  }

  private static void find(Pattern pattern, String line, List<String> found) {
    for (Matcher matcher = pattern.matcher(line); matcher.find(); ) {
      found.add(matcher.group(1).strip());
    }
  }
}
