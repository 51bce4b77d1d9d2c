package theater.laptop.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a started process has of this program's.
class LauncherTest {
  private static final Path STAT = Path.of("/proc/self/stat");

  @TempDir Path folder;

  @Test
  void containersYieldToTheTheatersOwnPrograms() throws Exception {
    assumeTrue(Files.exists(STAT), "no " + STAT);
    int ours = nice(Files.readString(STAT));
    List<String> tell = List.of("/bin/cat", STAT.toString());
    Map<String, String> path = Map.of("PATH", "/usr/bin:/bin");
    Path own = folder.resolve("own");
    Path pod = folder.resolve("pod");
    Process program = Launcher.start(tell, path, folder, own);
    Process container =
        Launcher.shared().start(new ProcessSpec("main", tell, path, folder, pod, Map.of()));
    assertThat(program.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(container.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(nice(Files.readString(own))).isEqualTo(ours);
    assertThat(nice(Files.readString(pod))).isEqualTo(Math.min(19, ours + 5));
  }

  /// proc_pid_stat(5), field 19.
  private static int nice(String stat) {
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
  }
}
