package theater.mesh.translation.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether Envoy would take an expression of the Common Expression Language: its grammar without
/// macros over lists, and the functions that Envoy has. One that it does not take makes it refuse a
/// whole listener.
public final class Cel {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(\"(?:[^\"\\\\\\n]|\\\\[\"'\\\\nrt])*\"|'(?:[^'\\\\\\n]|\\\\[\"'\\\\nrt])*')"
              + "|(\\d+(?:\\.\\d+)?)u?|([A-Za-z_][A-Za-z0-9_]*)"
              + "|(&&|\\|\\||==|!=|<=|>=|[-+*/%<>!?:.,()\\[\\]]))");
  private static final Set<String> FUNCTIONS =
      Set.of("has", "size", "int", "uint", "double", "string", "timestamp", "duration");
  private static final Set<String> METHODS =
      Set.of("startsWith", "endsWith", "contains", "matches", "size");
  private static final Set<String> BETWEEN =
      Set.of("&&", "||", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "in");
  private static final int DEEPEST = 50;

  private final List<String> tokens = new ArrayList<>();
  private int at;
  private int depth;

  private Cel() {}

  /// What is wrong with it.
  public static Optional<String> problem(String expression) {
    Cel cel = new Cel();
    Matcher token = TOKEN.matcher(expression);
    int end = 0;
    while (end < expression.length() && !expression.substring(end).isBlank()) {
      if (!token.find(end) || token.start() != end) {
        return Optional.of("\"" + expression.substring(end).strip() + "\" begins no word of it");
      }
      cel.tokens.add(token.group().strip());
      end = token.end();
    }
    try {
      cel.expression();
      return cel.at == cel.tokens.size() ? Optional.empty() : Optional.of(cel.unexpected());
    } catch (IllegalStateException e) {
      return Optional.of(e.getMessage());
    }
  }

  private void expression() {
    if (++depth > DEEPEST) {
      throw new IllegalStateException("it is nested too deeply");
    }
    unary();
    while (BETWEEN.contains(peek())) {
      at++;
      unary();
    }
    if (take("?")) {
      expression();
      expect(":");
      expression();
    }
    depth--;
  }

  private void unary() {
    while (peek().equals("!") || peek().equals("-")) {
      at++;
    }
    primary();
    while (true) {
      if (take(".")) {
        String name = name();
        if (take("(")) {
          known(name, METHODS);
          arguments(")");
        }
      } else if (take("[")) {
        expression();
        expect("]");
      } else {
        return;
      }
    }
  }

  private void primary() {
    String next = peek();
    if (take("(")) {
      expression();
      expect(")");
    } else if (take("[")) {
      arguments("]");
    } else if (!next.isEmpty() && "\"'0123456789".indexOf(next.charAt(0)) >= 0) {
      at++;
    } else {
      String name = name();
      if (take("(")) {
        known(name, FUNCTIONS);
        arguments(")");
      }
    }
  }

  private void arguments(String end) {
    if (take(end)) {
      return;
    }
    do {
      expression();
    } while (take(","));
    expect(end);
  }

  private static void known(String name, Set<String> functions) {
    if (!functions.contains(name)) {
      throw new IllegalStateException("there is no function " + name);
    }
  }

  private String name() {
    if (!peek().matches("[A-Za-z_][A-Za-z0-9_]*") || peek().equals("in")) {
      throw new IllegalStateException(unexpected());
    }
    return tokens.get(at++);
  }

  private String peek() {
    return at < tokens.size() ? tokens.get(at) : "";
  }

  private boolean take(String token) {
    boolean there = peek().equals(token);
    at += there ? 1 : 0;
    return there;
  }

  private void expect(String token) {
    if (!take(token)) {
      throw new IllegalStateException(unexpected() + ", expected " + token);
    }
  }

  private String unexpected() {
    return at < tokens.size() ? "unexpected " + tokens.get(at) : "it ends too early";
  }
}
