package theater.laptop.istioctl;

import java.util.List;

/// Why a question cannot be answered: the key of a message and its arguments, so that it can be
/// told in the reader's language.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient List<Object> arguments;

  Refusal(String key, Object... arguments) {
    super(key);
    this.arguments = List.of(arguments);
  }

  public String key() {
    return getMessage();
  }

  public Object[] arguments() {
    return arguments.toArray();
  }
}
