package theater.laptop.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Unmatched;

/// A tool that the learner types at, with the instance's kubeconfig; every argument is the tool's.
abstract class ForegroundTool implements Callable<Integer> {
  final Settings settings;
  final Messages messages;

  @Unmatched List<String> arguments = new ArrayList<>();

  ForegroundTool(Settings settings, Messages messages) {
    this.settings = settings;
    this.messages = messages;
  }

  abstract Path program() throws IOException;

  /// @return the tool's exit code
  @Override
  public final Integer call() throws IOException, InterruptedException {
    if (!settings.everStarted()) {
      throw messages.failure("kubectl.never");
    }
    List<String> command = new ArrayList<>();
    command.add(program().toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("KUBECONFIG", settings.home().kubeconfig().toString());
    Process process = builder.start();
    // Ctrl-C goes to the tool, too; its exit code is ours.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    return process.waitFor();
  }
}
