package theater.laptop.node;

/// A container cannot be made from its manifest now: kubelet's CreateContainerConfigError. It is
/// tried again.
final class ContainerConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ContainerConfigException(String message) {
    super(message);
  }
}
