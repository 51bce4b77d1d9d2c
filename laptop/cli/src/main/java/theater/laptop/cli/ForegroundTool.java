package theater.laptop.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A tool that the learner types at, with the instance's kubeconfig.
record ForegroundTool(Settings settings, Path program) {

  /// @return its exit code
  int run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("KUBECONFIG", settings.home().kubeconfig().toString());
    Process process = builder.start();
    // Ctrl-C goes to the tool, too; its exit code is ours.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    return process.waitFor();
  }
}
