package theater.laptop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.laptop.plan.HomeFolder;

class ProcessIdTest {
  @TempDir Path folder;

  @Test
  void anotherProcessWithTheSameNumberIsNotMeant() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sleep", "60").start();
    try {
      ProcessId now = ProcessId.of(process.pid());
      ProcessId before = new ProcessId(process.pid(), now.started() - 1);
      assertThat(now.alive()).isTrue();
      assertThat(before.alive()).isFalse();
      before.kill(true);
      assertThat(process.isAlive()).isTrue();
      now.kill(true);
      process.waitFor();
      assertThat(now.alive()).isFalse();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void fileIsReadBackAndNonsenseIsNobody() throws IOException {
    Path file = folder.resolve("supervisor.pid");
    ProcessId self = ProcessId.of(ProcessHandle.current().pid());
    self.write(file);
    assertThat(ProcessId.read(file)).contains(self);
    Files.writeString(file, "seven");
    assertThat(ProcessId.read(file)).isEmpty();
    assertThat(ProcessId.read(folder.resolve("none"))).isEmpty();
  }

  @Test
  void shellThatNamesTheFolderIsNotOurs() throws IOException {
    ProcessBuilder builder = new ProcessBuilder("sleep", "60");
    builder.environment().put("KUBECONFIG", folder.resolve("kubeconfig").toString());
    ProcessBuilder pod = new ProcessBuilder("sleep", "60");
    pod.environment().put("THEATER_HOSTS", folder.resolve("ctx1/hosts").toString());
    pod.environment().put("HOSTNAME", "user-service-5d9c7-x2k4p");
    Process shell = builder.start();
    Process ours = pod.start();
    try {
      OwnProcesses processes = new OwnProcesses(new HomeFolder(folder));
      assertThat(Stopping.await(java.time.Duration.ofSeconds(5), () -> processes.all().size() == 1))
          .isTrue();
      assertThat(processes.all())
          .containsExactly(new OwnProcesses.Own(ProcessId.of(ours.pid()), "user-service"));
    } finally {
      shell.destroyForcibly();
      ours.destroyForcibly();
    }
  }
}
