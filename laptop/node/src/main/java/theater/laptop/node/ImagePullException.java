package theater.laptop.node;

/// An image cannot be had; the container waits.
public final class ImagePullException extends RuntimeException {
  private static final long serialVersionUID = 1;
  static final String INVALID_NAME = "InvalidImageName";
  private final String reason;

  /// @param reason kubelet's word for it: `ErrImagePull`, `ImagePullBackOff`, `InvalidImageName`
  ImagePullException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
