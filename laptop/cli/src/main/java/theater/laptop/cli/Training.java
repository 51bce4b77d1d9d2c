package theater.laptop.cli;

import java.nio.file.Path;
import java.util.List;

/// How one program is run to make its start cache.
interface Training {

  /// Where the program looks for its cache.
  Path cache();

  /// What is started, for the cache's name: another JDK flag is another cache.
  List<String> command();

  /// Runs the program so that it writes its cache to this file.
  ///
  /// @throws TrainingException saying what did not happen
  void run(Path output);
}
