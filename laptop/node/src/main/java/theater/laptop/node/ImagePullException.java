package theater.laptop.node;

/// An image is not in the store: kubelet's ErrImagePull.
public final class ImagePullException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ImagePullException(String message) {
    super(message);
  }
}
