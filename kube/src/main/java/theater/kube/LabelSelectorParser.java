package theater.kube;

import java.util.ArrayList;
import java.util.List;
import theater.kube.LabelSelector.Operator;
import theater.kube.LabelSelector.Requirement;

/// The text form of a label selector (Kubernetes: labels.Parse).
final class LabelSelectorParser {
  private final String text;
  private int at;

  LabelSelectorParser(String text) {
    this.text = text;
  }

  LabelSelector parse() {
    List<Requirement> requirements = new ArrayList<>();
    do {
      requirements.add(requirement());
    } while (take(","));
    if (at < text.length()) {
      throw unexpected("\",\" or the end");
    }
    return new LabelSelector(requirements);
  }

  private Requirement requirement() {
    if (take("!")) {
      return new Requirement(word("a label key"), Operator.DOES_NOT_EXIST, List.of());
    }
    String key = word("a label key");
    if (take("==") || take("=")) {
      return new Requirement(key, Operator.IN, List.of(value()));
    }
    if (take("!=")) {
      return new Requirement(key, Operator.NOT_IN, List.of(value()));
    }
    if (take(">")) {
      return new Requirement(key, Operator.GREATER, List.of(word("a number")));
    }
    if (take("<")) {
      return new Requirement(key, Operator.LESS, List.of(word("a number")));
    }
    if (at == text.length() || text.charAt(at) == ',') {
      return new Requirement(key, Operator.EXISTS, List.of());
    }
    return switch (word("an operator")) {
      case "in" -> new Requirement(key, Operator.IN, values());
      case "notin" -> new Requirement(key, Operator.NOT_IN, values());
      default -> throw unexpected("=, ==, !=, in, notin, < or > after \"" + key + "\"");
    };
  }

  private List<String> values() {
    if (!take("(")) {
      throw unexpected("\"(\"");
    }
    List<String> values = new ArrayList<>();
    do {
      values.add(value());
    } while (take(","));
    if (!take(")")) {
      throw unexpected("\",\" or \")\"");
    }
    return values;
  }

  /// A label's value may be empty.
  private String value() {
    spaces();
    int start = at;
    while (at < text.length() && word(text.charAt(at))) {
      at++;
    }
    String value = text.substring(start, at);
    spaces();
    return value;
  }

  private String word(String expected) {
    String word = value();
    if (word.isEmpty()) {
      throw unexpected(expected);
    }
    return word;
  }

  private boolean take(String token) {
    spaces();
    if (!text.startsWith(token, at)) {
      return false;
    }
    at += token.length();
    spaces();
    return true;
  }

  private void spaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private static boolean word(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' || c == '/';
  }

  private IllegalArgumentException unexpected(String expected) {
    String found = at < text.length() ? "\"" + text.substring(at) + "\"" : "the end";
    return new IllegalArgumentException(
        "unable to parse label selector \""
            + text
            + "\": found "
            + found
            + ", expected "
            + expected);
  }
}
