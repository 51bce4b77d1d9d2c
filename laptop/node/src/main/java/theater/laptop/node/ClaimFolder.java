package theater.laptop.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A persistent volume: one folder per claim, `NAMESPACE_NAME`. Its data ends with the claim, as
/// with Kubernetes' reclaim policy Delete: a later claim of the same name finds an empty folder.
/// `NAMESPACE_NAME.claim` beside it keeps the claim's uid.
final class ClaimFolder {
  private ClaimFolder() {}

  /// Before the first program of a pod starts.
  static void prepare(Path folder, String uid) throws IOException {
    Path owner = folder.resolveSibling(folder.getFileName() + ".claim");
    if (Files.exists(owner) && !Files.readString(owner).strip().equals(uid)) {
      AtomicFolder.delete(folder);
    }
    Files.createDirectories(folder);
    Files.writeString(owner, uid + "\n");
  }
}
