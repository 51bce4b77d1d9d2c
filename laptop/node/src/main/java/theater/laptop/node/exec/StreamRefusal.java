package theater.laptop.node.exec;

/// The stream cannot be; the message is for the person at kubectl.
public final class StreamRefusal extends Exception {
  private static final long serialVersionUID = 1;

  public StreamRefusal(String message) {
    super(message, null, false, false);
  }
}
