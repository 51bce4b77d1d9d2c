package theater.laptop.node;

import java.util.LinkedHashMap;
import java.util.Map;
import theater.laptop.node.exec.RunningContainer;

/// A running container as a program sees it that is started in it.
final class PodDoor {
  private PodDoor() {}

  static RunningContainer into(PodPlace place, ContainerRunner runner) {
    ProcessSpec spec = runner.spec();
    Map<String, String> environment = new LinkedHashMap<>(spec.environment());
    environment.put("THEATER_HOSTS", place.names().toString());
    return new RunningContainer(
        runner.name(),
        environment,
        spec.folder(),
        spec.log(),
        new MountPaths(place, runner.manifest()).all(),
        place.folder().resolve("links").resolve(runner.name()),
        runner.process());
  }
}
