package theater.laptop.cli;

/// A start cache could not be made; the program will start without one.
final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TrainingException(String message) {
    super(message);
  }
}
