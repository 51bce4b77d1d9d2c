package theater.house;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The words that `./theater` knows, from the launcher's text and the commands' annotations.
///
/// @param names `up`, `down`, …
/// @param options `--purge`, …, of any of them
record Commands(Set<String> names, Set<String> options) {
  private static final Pattern COMMAND = Pattern.compile("@Command\\(\\s*name = \"([a-z-]+)\"");
  private static final Pattern CASE = Pattern.compile("(?m)^  ([a-z]+(?: \\| [a-z]+)*)\\)$");
  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

  static Commands read() {
    Set<String> names = new TreeSet<>();
    Set<String> options = new TreeSet<>(Set.of("--help"));
    String launcher = Repository.read(Path.of("theater"));
    for (Matcher matcher = CASE.matcher(launcher); matcher.find(); ) {
      names.addAll(Set.of(matcher.group(1).split(" \\| ")));
    }
    find(OPTION, launcher, options);
    for (Path file : Repository.files(".java")) {
      if (file.startsWith("laptop/cli/src/main") || file.startsWith("bench/src/main")) {
        String text = Repository.read(file);
        for (Matcher matcher = COMMAND.matcher(text); matcher.find(); ) {
          names.add(matcher.group(1));
        }
        find(OPTION, text, options);
      }
    }
    return new Commands(names, options);
  }

  private static void find(Pattern pattern, String text, Set<String> found) {
    for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
      found.add(matcher.group());
    }
  }

  boolean has(String name) {
    return names.contains(name);
  }

  boolean takes(String option) {
    return options.contains(option);
  }
}
