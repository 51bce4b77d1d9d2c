package theater.laptop.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsFileTest {
  @TempDir Path folder;

  @Test
  void namesAreFoundInAnyCaseAndWithATrailingDot() {
    var names =
        HostsFile.parse(
            "127.1.4.12 movie-service movie-service.theater-msa.svc # comment\nnonsense a b\n300.1.1.1 c\n");
    assertThat(names).containsOnlyKeys("movie-service", "movie-service.theater-msa.svc");
    assertThat(names.get("movie-service")).containsExactly(127, 1, 4, 12);
  }

  @Test
  void aChangedFileIsReadAgain() throws Exception {
    Path file = Files.writeString(folder.resolve("hosts"), "127.1.4.12 redis\n");
    HostsFile hosts = new HostsFile(file);
    assertThat(hosts.address("REDIS.")).containsExactly(127, 1, 4, 12);
    Path next = Files.writeString(folder.resolve("hosts.new"), "127.1.4.13 redis\n");
    Files.move(
        next,
        file,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Instant deadline = Instant.now().plus(Duration.ofSeconds(10));
    while (hosts.address("redis")[3] != 13) {
      assertThat(Instant.now()).as("the new address is seen").isBefore(deadline);
      Thread.onSpinWait();
    }
    assertThat(hosts.name(new byte[] {127, 1, 4, 13})).isEqualTo("redis");
  }

  @Test
  void aMissingFileKnowsNoName() {
    assertThat(new HostsFile(folder.resolve("none")).address("redis")).isNull();
  }

  @Test
  void aProgramWithTheJarOnItsClassPathResolvesByTheFileAndElseByTheSystem() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("hosts"), "127.1.4.12 movie-service movie-service.theater-msa\n");
    Path program =
        Files.writeString(
            folder.resolve("Ask.java"),
            """
            public class Ask {
              public static void main(String[] names) throws Exception {
                for (String name : names) {
                  System.out.println(name + " " + java.net.InetAddress.getByName(name).getHostAddress());
                }
              }
            }
            """);
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                Path.of("target/classes").toAbsolutePath().toString(),
                program.toString(),
                "Movie-Service",
                "movie-service.theater-msa",
                "localhost"));
    builder.environment().put("THEATER_HOSTS", file.toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(output.lines())
        .containsExactly(
            "Movie-Service 127.1.4.12",
            "movie-service.theater-msa 127.1.4.12",
            "localhost 127.0.0.1");
  }
}
