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
    List<String> command = new ArrayList<>();
    command.add(Kubectl.program(settings, messages).toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("KUBECONFIG", settings.home().kubeconfig().toString());
    Process process = builder.start();
    // Ctrl-C goes to kubectl, too; its exit code is ours.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    return process.waitFor();
  }
}
