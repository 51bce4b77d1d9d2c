package theater.laptop.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoOrphanTest {
  @TempDir Path folder;

  @Test
  void podsDieWithASupervisorThatIsKilled() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            AgentProgram.class.getName(),
            folder.toString());
    Process supervisor = builder.redirectErrorStream(true).start();
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(supervisor.getInputStream()))) {
      String line = output.readLine();
      while (line != null && !line.startsWith("pid ")) {
        line = output.readLine();
      }
      assertThat(line).as("the supervisor told its pod's process").isNotNull();
      ProcessHandle pod = ProcessHandle.of(Long.parseLong(line.substring(4))).orElseThrow();
      assertThat(pod.isAlive()).isTrue();
      supervisor.destroyForcibly().waitFor();
      pod.onExit().get(20, TimeUnit.SECONDS);
      assertThat(pod.isAlive()).isFalse();
    } finally {
      supervisor.destroyForcibly();
    }
  }

  @Test
  void thePortableGuardEndsItsChildWhenItsInputCloses() throws Exception {
    Launcher launcher = new Launcher(Launcher.guard());
    Path log = folder.resolve("log");
    ProcessSpec spec =
        new ProcessSpec(
            "main",
            List.of("/bin/sh", "-c", "exec sleep 1000"),
            Map.of("PATH", "/usr/bin:/bin"),
            folder,
            log,
            Map.of());
    Process guard = launcher.start(spec);
    ProcessHandle child = awaitChild(guard);
    guard.getOutputStream().close();
    child.onExit().get(20, TimeUnit.SECONDS);
    assertThat(guard.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void thePortableGuardPassesTheTermAndTheExitCodeOn() throws Exception {
    Launcher launcher = new Launcher(Launcher.guard());
    Path log = folder.resolve("log");
    String script = "trap 'exit 7' TERM; echo up; while :; do sleep 0.05; done";
    Process guard =
        launcher.start(
            new ProcessSpec(
                "main",
                List.of("/bin/sh", "-c", script),
                Map.of("PATH", "/usr/bin:/bin"),
                folder,
                log,
                Map.of()));
    awaitChild(guard);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!LogTail.of(log).equals("up")) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
    Launcher.terminate(guard);
    assertThat(guard.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(guard.exitValue()).isEqualTo(7);
  }

  private static ProcessHandle awaitChild(Process guard) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      for (ProcessHandle child : guard.descendants().toList()) {
        if (child.info().commandLine().orElse("").contains("sleep 1000")
            || child.info().commandLine().orElse("").contains("trap 'exit 7'")) {
          return child;
        }
      }
      assertThat(System.nanoTime()).as("the guard has started its child").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
