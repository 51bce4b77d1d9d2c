package theater.laptop.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/// The real helm, fetched at its first use.
@Command(name = "helm")
final class HelmCommand extends ForegroundTool {
  HelmCommand(Settings settings, Messages messages) {
    super(settings, messages);
  }

  @Override
  Path program() throws IOException {
    return Kubectl.engines(settings, messages, System.err::println).find(Engine.HELM);
  }
}
