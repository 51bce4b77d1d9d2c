package theater.laptop.node.exec;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// `ExecProgram FOLDER`: runs a program as `exec` does, prints its process and that of its child,
/// and waits to be killed.
final class ExecProgram {
  private ExecProgram() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Process container = new ProcessBuilder("true").start();
    RunningContainer running =
        new RunningContainer(
            "main",
            Map.of("PATH", "/usr/bin:/bin"),
            folder,
            folder.resolve("log"),
            Map.of(),
            folder,
            container);
    ExecProcess process =
        ExecProcess.start(
            running, List.of("sh", "-c", "sleep 1000 & echo $$ $!; wait"), false, false);
    System.out.println(
        new BufferedReader(new InputStreamReader(process.output(), StandardCharsets.UTF_8))
            .readLine());
    Thread.currentThread().join();
  }
}
