package theater.laptop.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// The real kubectl with the instance's kubeconfig; every argument is kubectl's.
@Command(name = "kubectl")
final class KubectlCommand implements Callable<Integer> {
  private final Settings settings;
  private final Messages messages;

  @Unmatched List<String> arguments = new ArrayList<>();

  KubectlCommand(Settings settings, Messages messages) {
    this.settings = settings;
    this.messages = messages;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!settings.everStarted()) {
      throw messages.failure("kubectl.never");
    }
    return new ForegroundTool(settings, Kubectl.program(settings, messages)).run(arguments);
  }
}
