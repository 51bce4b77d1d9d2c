package theater.laptop.node.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import theater.laptop.streams.Channel;

/// Real programs, no API server.
@Timeout(120)
class StreamServerTest {
  @TempDir Path folder;
  private Path socket;
  private Process container;
  private StreamServer server;

  @BeforeEach
  void begin() throws Exception {
    socket = folder.resolve("run/node.sock");
    container = new ProcessBuilder("sleep", "1000").start();
    Files.createDirectories(folder.resolve("volume"));
    RunningContainer running =
        new RunningContainer(
            "main",
            Map.of("PATH", "/usr/bin:/bin", "COLOUR", "green"),
            folder,
            folder.resolve("log"),
            Map.of("/data", folder.resolve("volume")),
            folder.resolve("links"),
            container);
    server =
        StreamServer.start(
            socket,
            (uid, name) -> {
              if (!container.isAlive()) {
                throw new StreamRefusal("container not found (\"" + name + "\")");
              }
              return running;
            });
  }

  @AfterEach
  void end() {
    server.close();
    container.destroyForcibly();
  }

  private ExecClient sh(String script) throws Exception {
    return new ExecClient(socket, false, false, "sh", "-c", script);
  }

  @Test
  void bothOutputsTheEnvironmentAndTheExitCodeArrive() throws Exception {
    try (ExecClient client = sh("echo out $COLOUR; echo err >&2; exit 3").end()) {
      assertThat(client.text()).isEqualTo("out green\n");
      assertThat(client.err.toString()).isEqualTo("err\n");
      assertThat(client.status)
          .contains("\"reason\":\"NonZeroExitCode\"")
          .contains("{\"reason\":\"ExitCode\",\"message\":\"3\"}");
    }
  }

  @Test
  void inputEndsWhereTheClientEndsIt() throws Exception {
    try (ExecClient client = new ExecClient(socket, true, false, "sh", "-c", "cat; echo end")) {
      client.send(Channel.STDIN, "hi ");
      client.await("hi ");
      client.closeInput();
      assertThat(client.end().text()).isEqualTo("hi end\n");
      assertThat(client.status).contains("\"status\":\"Success\"");
    }
  }

  @Test
  void withoutInputAProgramReadsNothing() throws Exception {
    try (ExecClient client = new ExecClient(socket, false, false, "cat").end()) {
      assertThat(client.text()).isEmpty();
      assertThat(client.status).contains("\"status\":\"Success\"");
    }
  }

  @Test
  void programsThatAreMissingOrNotExecutableAreRefusedAsByARuntime() throws Exception {
    try (ExecClient client = new ExecClient(socket, false, false, "no-such-program", "x").end()) {
      assertThat(client.err.toString())
          .isEqualTo(
              "OCI runtime exec failed: exec failed: unable to start container process: exec: \"no-such-program\": executable file not found in $PATH: unknown\n");
      assertThat(client.status).contains("\"message\":\"127\"");
    }
    Files.writeString(folder.resolve("plain"), "text");
    try (ExecClient client = new ExecClient(socket, false, false, "./plain").end()) {
      assertThat(client.err.toString()).contains("exec: \"./plain\": permission denied: unknown");
      assertThat(client.status).contains("\"message\":\"126\"");
    }
  }

  @Test
  void aTerminalHasASizeThatFollowsTheClient() throws Exception {
    String script =
        "test -t 0 && test -t 1 && tty && until [ \"$(stty size)\" = '33 101' ]; do sleep 0.05; done; read word; echo got $word $TERM; exit 5";
    try (ExecClient client = new ExecClient(socket, true, true, "sh", "-c", script)) {
      client.await("/dev/pts/");
      client.send(Channel.RESIZE, "{\"Width\":101,\"Height\":33}");
      client.send(Channel.STDIN, "hello\n");
      client.end();
      assertThat(client.text()).contains("got hello xterm\r\n");
      assertThat(client.status).contains("\"message\":\"5\"");
    }
  }

  @Test
  void controlCInterruptsWhatRunsInTheTerminal() throws Exception {
    try (ExecClient client =
        new ExecClient(socket, true, true, "sh", "-c", "echo up; exec sleep 1000")) {
      client.await("up");
      client.send(Channel.STDIN, "\u0003");
      assertThat(client.end().status).contains("\"message\":\"130\"");
    }
  }

  @Test
  void aClientThatGoesTakesItsProgramAndWhatThatStartedWithIt() throws Exception {
    ExecClient client = sh("sleep 1000 & echo $! $$ end; wait");
    client.await("end");
    String[] pids = client.text().split(" ");
    client.close();
    for (int i = 0; i < 2; i++) {
      awaitGone(Long.parseLong(pids[i]));
    }
  }

  @Test
  void aContainerThatEndsTakesItsStreamsWithIt() throws Exception {
    try (ExecClient client = sh("echo up; exec sleep 1000")) {
      client.await("up");
      container.destroyForcibly();
      assertThat(client.end().status).contains("\"message\":\"137\"");
    }
    try (ExecClient client = sh("echo up").end()) {
      assertThat(client.status).contains("container not found (\\\"main\\\")");
    }
  }

  @Test
  void muchOutputArrivesWhole() throws Exception {
    try (ExecClient client = sh("head -c 20000000 /dev/zero").end()) {
      assertThat(client.out.size()).isEqualTo(20_000_000);
    }
  }

  @Test
  void mountPathsInACommandAreTheFoldersAndTarKeepsTheContainersNames() throws Exception {
    Files.writeString(folder.resolve("volume/f"), "in a volume");
    try (ExecClient client = new ExecClient(socket, false, false, "cat", "/data/f").end()) {
      assertThat(client.text()).isEqualTo("in a volume");
    }
    try (ExecClient client = new ExecClient(socket, false, false, "tar", "cf", "-", "/data/f");
        ExecClient list = new ExecClient(socket, true, false, "tar", "tf", "-")) {
      list.frames.write(Channel.STDIN, client.end().out.toByteArray());
      list.closeInput();
      assertThat(list.end().text()).isEqualTo("data/f\n");
    }
  }

  @Test
  void aKilledSupervisorLeavesNothing() throws Exception {
    Process supervisor =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ExecProgram.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String[] pids =
        new java.io.BufferedReader(
                new java.io.InputStreamReader(
                    supervisor.getInputStream(), java.nio.charset.StandardCharsets.UTF_8))
            .readLine()
            .split(" ");
    supervisor.destroyForcibly().waitFor();
    for (String pid : pids) {
      awaitGone(Long.parseLong(pid));
    }
  }

  private static void awaitGone(long pid) throws Exception {
    ProcessHandle process = ProcessHandle.of(pid).orElse(null);
    if (process != null) {
      process.onExit().get(60, TimeUnit.SECONDS);
    }
  }
}
