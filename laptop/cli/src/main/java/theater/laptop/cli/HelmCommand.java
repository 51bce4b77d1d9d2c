package theater.laptop.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// The real helm with the instance's kubeconfig, fetched at its first use; every argument is
/// helm's.
@Command(name = "helm")
final class HelmCommand implements Callable<Integer> {
  private final Settings settings;
  private final Messages messages;

  @Unmatched List<String> arguments = new ArrayList<>();

  HelmCommand(Settings settings, Messages messages) {
    this.settings = settings;
    this.messages = messages;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!settings.everStarted()) {
      throw messages.failure("kubectl.never");
    }
    Path helm = Kubectl.engines(settings, messages, System.err::println).find(Engine.HELM);
    return new ForegroundTool(settings, helm).run(arguments);
  }
}
