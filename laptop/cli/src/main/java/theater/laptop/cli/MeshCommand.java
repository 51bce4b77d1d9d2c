package theater.laptop.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;
import theater.mesh.world.MeshConfigCommand;

/// `mesh config`: what an Envoy would get for any YAML. Starts nothing.
@Command(name = "mesh")
final class MeshCommand implements Callable<Integer> {
  private static final int USAGE = 2;

  @Unmatched List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    if (arguments.isEmpty() || !arguments.getFirst().equals("config")) {
      System.err.println("usage: theater mesh config --help");
      return USAGE;
    }
    return MeshConfigCommand.run(arguments.subList(1, arguments.size()), System.out, System.err);
  }
}
