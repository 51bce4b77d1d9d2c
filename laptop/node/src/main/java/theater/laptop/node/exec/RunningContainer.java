package theater.laptop.node.exec;

import java.nio.file.Path;
import java.util.Map;

/// Where a program runs that is started in a container.
///
/// @param environment all of it
/// @param folder where it starts
/// @param log the container's own output
/// @param mounts mount path → folder that stands for it, longest path first
/// @param links a folder of links from mount paths to folders, made when needed
/// @param process the container's own
public record RunningContainer(
    String name,
    Map<String, String> environment,
    Path folder,
    Path log,
    Map<String, Path> mounts,
    Path links,
    Process process) {}
