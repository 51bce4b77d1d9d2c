package theater.laptop.node.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import theater.laptop.node.LiveNode;
import theater.laptop.node.LiveNode.Answer;

/// The real kubectl, API server, node agent and programs.
@Timeout(300)
class KubectlStreamsTest {
  @TempDir static Path folder;
  private static LiveNode node;
  private static String address;

  @BeforeAll
  static void begin() throws Exception {
    node = new LiveNode(folder);
    node.pod("web", "echo hello; exec sleep 1000", "env: [{name: COLOUR, value: green}]");
    address = node.kubectl("get", "pod", "web", "-o", "jsonpath={.status.podIP}").text();
  }

  @AfterAll
  static void end() {
    if (node != null) {
      node.close();
    }
  }

  @Test
  void execHasTheEnvironmentTheOutputsAndTheExitCode() throws Exception {
    Answer answer =
        node.kubectl("exec", "web", "--", "sh", "-c", "echo out $COLOUR; echo err >&2; exit 3");
    assertThat(answer.text())
        .contains("out green\n")
        .contains("err\n")
        .contains("command terminated with exit code 3");
    assertThat(answer.exit()).isEqualTo(3);
  }

  @Test
  void execReadsInputToItsEnd() throws Exception {
    byte[] input = "x".repeat(300_000).getBytes(StandardCharsets.US_ASCII);
    assertThat(node.kubectl(input, "exec", "-i", "web", "--", "wc", "-c"))
        .isEqualTo(new Answer(0, "300000\n"));
  }

  @Test
  void execRefusesWhatIsNotThere() throws Exception {
    Answer program = node.kubectl("exec", "web", "--", "no-such-program");
    assertThat(program.text())
        .contains("exec: \"no-such-program\": executable file not found in $PATH: unknown")
        .contains("command terminated with exit code 127");
    assertThat(program.exit()).isEqualTo(127);
    assertThat(node.kubectl("exec", "web", "-c", "nope", "--", "ls").text())
        .contains("container nope is not valid for pod web");
    assertThat(node.kubectl("exec", "nope", "--", "ls"))
        .isEqualTo(new Answer(1, "Error from server (NotFound): pods \"nope\" not found\n"));
  }

  @Test
  void execWithATerminalIsOne() throws Exception {
    RunningContainer here =
        new RunningContainer(
            "test",
            Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString()),
            folder,
            folder.resolve("log"),
            Map.of(),
            folder,
            new ProcessBuilder("true").start());
    List<String> words =
        node.command("exec", "-it", "web", "--", "sh", "-c", "tty; stty size; read a; echo got $a");
    try (ExecProcess terminal = ExecProcess.start(here, words, true, true)) {
      terminal.resize(91, 27);
      StringBuilder seen = new StringBuilder();
      InputStream in = terminal.output();
      byte[] block = new byte[1000];
      boolean sent = false;
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        seen.append(new String(block, 0, read, StandardCharsets.UTF_8));
        if (!sent && seen.toString().contains("/dev/pts/")) {
          terminal.input().write("word\r".getBytes(StandardCharsets.US_ASCII));
          sent = true;
        }
      }
      assertThat(seen.toString()).contains("/dev/pts/").contains("got word");
      assertThat(terminal.await()).isZero();
    }
  }

  @Test
  void filesAreCopiedBothWays() throws Exception {
    Path file = Files.writeString(folder.resolve("letter.txt"), "dear pod");
    Answer there = node.kubectl("cp", file.toString(), "web:/data/letter.txt");
    assertThat(there.text()).isEmpty();
    assertThat(node.kubectl("exec", "web", "--", "cat", "/data/letter.txt").text())
        .isEqualTo("dear pod");
    Path back = folder.resolve("back.txt");
    Answer answer = node.kubectl("cp", "web:/data/letter.txt", back.toString());
    assertThat(back).as(answer.text()).hasContent("dear pod");
    Path all = folder.resolve("all");
    node.kubectl("cp", "web:/data", all.toString());
    assertThat(all.resolve("letter.txt")).hasContent("dear pod");
  }

  @Test
  void attachShowsWhatComesAndEndsWithTheContainer() throws Exception {
    Path go = folder.resolve("go");
    node.pod("talk", "until [ -e " + go + " ]; do sleep 0.1; done; echo now; exec sleep 1000");
    Path out = folder.resolve("attach.txt");
    Process attach = node.start(out, "attach", "talk");
    Path follow = folder.resolve("follow.txt");
    Process logs = node.start(follow, "logs", "-f", "talk");
    LiveNode.await("attach has begun", () -> LiveNode.thread("attach main in"));
    Files.createFile(go);
    LiveNode.await("attach shows it", () -> LiveNode.text(out).contains("now"));
    node.kubectl("delete", "pod", "talk", "--now");
    assertThat(attach.waitFor()).isZero();
    assertThat(logs.waitFor()).isZero();
    assertThat(follow).hasContent("now\n");
  }

  @Test
  void portForwardCarriesManyConnectionsAtOnceAndHalfClosedOnes() throws Exception {
    try (ServerSocket echo = new ServerSocket(0, 50, InetAddress.ofLiteral(address));
        Forward forward = new Forward("pod/web", echo.getLocalPort());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Thread.ofVirtual().start(() -> answer(echo));
      List<Future<Integer>> sums = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        sums.add(threads.submit(ask(forward.port, 100_000 + i)));
      }
      for (int i = 0; i < 20; i++) {
        assertThat(sums.get(i).get()).isEqualTo(100_000 + i);
      }
    }
  }

  @Test
  void portForwardIsServedOverPlainSpdyToo() throws Exception {
    try (ServerSocket echo = new ServerSocket(0, 50, InetAddress.ofLiteral(address));
        Forward forward = new Forward("pod/web", echo.getLocalPort(), "false")) {
      Thread.ofVirtual().start(() -> answer(echo));
      assertThat(ask(forward.port, 1000).call()).isEqualTo(1000);
      assertThat(ask(forward.port, 2000).call()).isEqualTo(2000);
    }
  }

  @Test
  void watchesTellTheirEvents() throws Exception {
    Path all = Files.createTempFile(folder, "watch", ".txt");
    Path only = Files.createTempFile(folder, "watch", ".txt");
    Process first = node.start(all, "get", "pods", "-w", "--output-watch-events");
    Process second = node.start(only, "get", "pods", "--watch-only", "-o", "yaml");
    try {
      LiveNode.await("the first is told", () -> LiveNode.text(all).contains("ADDED      web"));
      node.pod("short", "exec sleep 1000");
      node.kubectl("delete", "pod", "short", "--now");
      LiveNode.await("the end is told", () -> LiveNode.text(all).contains("DELETED    short"));
      assertThat(LiveNode.text(all)).contains("MODIFIED   short");
      LiveNode.await("it is told, too", () -> LiveNode.text(only).contains("name: short"));
      assertThat(LiveNode.text(only)).doesNotContain("name: web");
    } finally {
      first.destroy();
      second.destroy();
    }
  }

  /// Reads to the end of each connection, and only then answers.
  private static void answer(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual()
            .start(() -> {
              try (socket) {
                socket.getOutputStream().write(socket.getInputStream().readAllBytes());
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
      } catch (java.io.IOException e) {
        return;
      }
    }
  }

  private static Callable<Integer> ask(int port, int bytes) {
    return () -> {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket.getOutputStream().write(new byte[bytes]);
        socket.shutdownOutput();
        return socket.getInputStream().readAllBytes().length;
      }
    };
  }

  @Test
  void portForwardToAClosedPortSaysSoAndGoesOn() throws Exception {
    try (Forward forward = new Forward("pod/web", 9)) {
      try (Socket socket = new Socket("127.0.0.1", forward.port)) {
        assertThat(socket.getInputStream().readAllBytes()).isEmpty();
      }
      LiveNode.await(
          "the reason is told",
          () -> LiveNode.text(forward.out).contains("failed to connect to localhost:9 inside"));
      assertThat(LiveNode.text(forward.out)).contains("connection refused");
    }
  }

  /// A `kubectl port-forward :PORT`.
  private static final class Forward implements AutoCloseable {
    final Path out;
    final Process process;
    final int port;

    Forward(String target, int to) throws Exception {
      this(target, to, "true");
    }

    Forward(String target, int to, String webSockets) throws Exception {
      out = Files.createTempFile(folder, "forward", ".txt");
      process =
          node.start(
              out,
              Map.of("KUBECTL_PORT_FORWARD_WEBSOCKETS", webSockets),
              "port-forward",
              target,
              ":" + to);
      LiveNode.await("port-forward listens", () -> LiveNode.text(out).contains("-> " + to));
      String line = LiveNode.text(out).lines().findFirst().orElseThrow();
      port = Integer.parseInt(line.replaceAll(".*:(\\d+) -> .*", "$1"));
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
