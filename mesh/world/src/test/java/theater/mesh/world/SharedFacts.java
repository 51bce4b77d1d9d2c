package theater.mesh.world;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Finds the recorded facts: the folder `shared/istio-facts` beside some folder above, or what the
/// property `theater.shared` names.
final class SharedFacts {
  static final String ABSENT =
      "shared/istio-facts is not there: the facts of a real istiod are only compared where development and CI have them";

  private SharedFacts() {}

  static Optional<Path> folder() {
    String given = System.getProperty("theater.shared");
    if (given != null) {
      return Optional.of(Path.of(given, "istio-facts")).filter(Files::isDirectory);
    }
    for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
      Path facts = above.resolve("shared/istio-facts");
      if (Files.isDirectory(facts)) {
        return Optional.of(facts);
      }
    }
    return Optional.empty();
  }
}
