package theater.laptop.cli;

/// A command cannot go on; the message is for the person, without a stack trace.
final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CommandException(String message) {
    super(message);
  }
}
