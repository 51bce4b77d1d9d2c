package theater.laptop.schemas;

import java.util.List;

/// The type of a field. Its text form is what the schema file holds: `string`, `[]#Container`,
/// `{}bytes`, `enum(A|B)`.
public sealed interface Type {

  /// A value without parts.
  enum Scalar implements Type {
    STRING("string"),
    INT32("int32"),
    INT64("int64"),
    NUMBER("number"),
    BOOL("bool"),
    BYTES("bytes"),
    QUANTITY("quantity"),
    INT_OR_STRING("intOrString"),
    DURATION("duration"),
    ANY("any");

    private final String text;

    Scalar(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /// One of these texts, in the order in which messages list them.
  record OneOf(List<String> values) implements Type {
    @Override
    public String toString() {
      return "enum(" + String.join("|", values) + ")";
    }
  }

  /// A JSON array.
  record ListOf(Type item) implements Type {
    @Override
    public String toString() {
      return "[]" + item;
    }
  }

  /// A JSON object with free keys.
  record MapOf(Type value) implements Type {
    @Override
    public String toString() {
      return "{}" + value;
    }
  }

  /// An object described by [Schemas#object].
  record Ref(String name) implements Type {
    @Override
    public String toString() {
      return "#" + name;
    }
  }

  /// Reads the text form. @throws IllegalArgumentException when it is none
  static Type parse(String text) {
    if (text.startsWith("[]")) {
      return new ListOf(parse(text.substring(2)));
    }
    if (text.startsWith("{}")) {
      return new MapOf(parse(text.substring(2)));
    }
    if (text.startsWith("#")) {
      return new Ref(text.substring(1));
    }
    if (text.startsWith("enum(") && text.endsWith(")")) {
      return new OneOf(List.of(text.substring(5, text.length() - 1).split("\\|")));
    }
    for (Scalar scalar : Scalar.values()) {
      if (scalar.text.equals(text)) {
        return scalar;
      }
    }
    throw new IllegalArgumentException(
        "type is \"" + text + "\"; expected a scalar, [], {}, # or enum(…)");
  }
}
