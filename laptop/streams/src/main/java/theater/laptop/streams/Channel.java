package theater.laptop.streams;

/// The numbers of the streams in one connection (Kubernetes: `v5.channel.k8s.io`, remotecommand).
public final class Channel {
  /// To the program.
  public static final int STDIN = 0;

  public static final int STDOUT = 1;
  public static final int STDERR = 2;

  /// How it ended: one metav1.Status, the last frame.
  public static final int STATUS = 3;

  /// `{"Width":80,"Height":24}`
  public static final int RESIZE = 4;

  /// The [StreamRequest], once and first. Not a channel of Kubernetes.
  public static final int REQUEST = 200;

  /// One byte: the channel that gets no more.
  public static final int CLOSE = 255;

  private Channel() {}
}
