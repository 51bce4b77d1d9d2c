package theater.laptop.cli;

import java.nio.file.Path;
import java.util.List;

/// One program's start cache.
///
/// @param name of the file that a training leaves: `supervise.aot`
/// @param place where the program looks for it
/// @param command what is started, for the cache's key: another JDK flag is another cache
/// @param jars folder of the program's jars
record StartCache(String name, Path place, List<String> command, Path jars) {}
