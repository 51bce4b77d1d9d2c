package theater.acceptance.recorded;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import theater.visitor.Theater;

/// The recorded answers of a real cluster: `shared/kube-facts`, searched upward from the
/// repository.
public final class KubeFacts {
  private KubeFacts() {}

  /// The test is skipped where they are not: they lie beside the repository, in development only.
  public static Path folder() {
    for (Path at = Theater.repository(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("shared/kube-facts"))) {
        return at.resolve("shared/kube-facts");
      }
    }
    assumeTrue(
        false,
        "skipped: no shared/kube-facts above this repository; it is there in development only");
    throw new IllegalStateException("skipped");
  }
}
