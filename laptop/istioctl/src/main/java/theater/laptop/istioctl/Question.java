package theater.laptop.istioctl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Words of a command line: those that stand alone, and options by their long names.
record Question(List<String> words, Map<String, String> options) {
  private static final Map<String, String> SHORT =
      Map.of("-o", "output", "-n", "namespace", "-r", "reset", "-v", "verbosity");
  private static final Set<String> FLAGS = Set.of("reset", "verbose", "with-headers");

  Question {
    words = List.copyOf(words);
    options = Map.copyOf(options);
  }

  /// @throws Refusal for an option that is not known, or without its value
  static Question read(List<String> arguments, Set<String> known) {
    List<String> words = new ArrayList<>();
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (!word.startsWith("-")) {
        words.add(word);
        continue;
      }
      int equals = word.indexOf('=');
      String given = equals < 0 ? word : word.substring(0, equals);
      String name = SHORT.getOrDefault(given, given.startsWith("--") ? given.substring(2) : "");
      if (!known.contains(name)) {
        throw new Refusal("istioctl.option", given);
      }
      if (equals >= 0) {
        options.put(name, word.substring(equals + 1));
      } else if (FLAGS.contains(name)) {
        options.put(name, "true");
      } else if (i + 1 < arguments.size()) {
        options.put(name, arguments.get(++i));
      } else {
        throw new Refusal("istioctl.value", given);
      }
    }
    return new Question(words, options);
  }

  String option(String name, String otherwise) {
    return options.getOrDefault(name, otherwise);
  }

  boolean flag(String name) {
    return option(name, "false").equals("true");
  }
}
