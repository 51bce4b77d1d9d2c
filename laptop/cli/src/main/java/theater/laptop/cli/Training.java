package theater.laptop.cli;

import java.nio.file.Path;
import java.util.List;

/// How programs are run to make their start caches.
interface Training {

  List<StartCache> caches();

  /// Runs the programs so that each writes its cache to this folder, by the cache's name.
  ///
  /// @throws TrainingException saying what did not happen
  void run(Path folder);
}
