package theater.laptop.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// One context's control plane: API server, controllers, discovery and xDS in one program.
@Command(name = "control-plane", hidden = true)
final class ControlPlaneCommand implements Callable<Integer> {
  private final Settings settings;
  private final Messages messages;

  @Parameters(index = "0", paramLabel = "CONTEXT")
  private String context;

  ControlPlaneCommand(Settings settings, Messages messages) {
    this.settings = settings;
    this.messages = messages;
  }

  @Override
  public Integer call() {
    throw messages.failure("failed", "control-plane " + context + " in " + settings.home().root());
  }
}
