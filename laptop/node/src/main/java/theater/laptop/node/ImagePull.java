package theater.laptop.node;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// The image of one container: looked for at once, and after a failure with longer and longer
/// pauses (kubelet's image manager, with its events). Only the pod's own thread calls it.
final class ImagePull {
  private static final Duration FIRST_LOOK = Duration.ofSeconds(2);
  private final ImageStore images;
  private final ContainerEvents events;
  private final Clock clock;
  private final Duration pause;
  private BackOff backOff;
  private String asked = "";
  private String failure = "";
  private Instant until = Instant.MIN;
  private Duration next;

  /// @param pause after the first failure, and between two looks at a container that waits
  ImagePull(ImageStore images, ContainerEvents events, Clock clock, Duration pause) {
    this.images = images;
    this.events = events;
    this.clock = clock;
    this.pause = pause;
    this.backOff = new BackOff(pause);
    this.next = pause;
  }

  /// @throws ImagePullException with the reason and message of the state to wait in
  Image of(String reference) {
    if (!reference.equals(asked)) {
      asked = reference;
      failure = "";
      until = Instant.MIN;
      backOff = new BackOff(pause);
    }
    next = pause;
    try {
      if (clock.instant().isBefore(until)) {
        String message = "Back-off pulling image \"" + reference + "\"";
        events.normal("BackOff", message);
        throw new ImagePullException("ImagePullBackOff", message + ": " + failure);
      }
      Image image = pull(reference);
      events.normal(
          "Pulled",
          "Container image \""
              + reference
              + "\" already present on machine and can be accessed by the pod");
      return image;
    } catch (ImagePullException e) {
      events.warning("Failed", "Error: " + e.reason());
      throw e;
    }
  }

  private Image pull(String reference) {
    try {
      return images.image(reference);
    } catch (ImagePullException e) {
      if (e.reason().equals(ImagePullException.INVALID_NAME)) {
        events.warning("InspectFailed", e.getMessage());
        throw e;
      }
      events.normal("Pulling", "Pulling image \"" + reference + "\"");
      events.warning("Failed", "Failed to pull image \"" + reference + "\": " + e.getMessage());
      if (failure.isEmpty() && pause.compareTo(FIRST_LOOK) > 0) {
        next = FIRST_LOOK;
      }
      failure = e.reason() + ": " + e.getMessage();
      until = clock.instant().plus(backOff.failed());
      throw e;
    }
  }

  /// When to ask again after a failure.
  Duration again() {
    return next;
  }
}
