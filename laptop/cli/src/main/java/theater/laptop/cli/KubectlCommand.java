package theater.laptop.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;

/// The real kubectl.
@Command(name = "kubectl")
final class KubectlCommand extends ForegroundTool {
  KubectlCommand(Settings settings, Messages messages) {
    super(settings, messages);
  }

  @Override
  Path program() {
    return Kubectl.program(settings, messages);
  }
}
