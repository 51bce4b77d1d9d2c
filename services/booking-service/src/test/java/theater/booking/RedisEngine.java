package theater.booking;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import redis.clients.jedis.Protocol.Command;
import theater.kit.redis.Redis;
import theater.kit.redis.RedisUnavailableException;

/// A real redis-server of the test's own, in memory, on 127.152.9.1 and a free port.
final class RedisEngine implements AutoCloseable {
  static final String HOST = "127.152.9.1";
  final int port;
  private Process process;

  RedisEngine() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      port = socket.getLocalPort();
    }
    start();
  }

  static Path program() {
    String engines = System.getenv("THEATER_ENGINES");
    String cache = System.getenv("XDG_CACHE_HOME");
    Path folder =
        engines != null
            ? Path.of(engines)
            : (cache != null ? Path.of(cache) : Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("theater/engines");
    return folder.resolve("redis-6.2/redis-server");
  }

  void start() throws IOException {
    Path program = program();
    Assumptions.assumeTrue(
        Files.isExecutable(program), () -> "skipped: there is no redis-server at " + program);
    process =
        new ProcessBuilder(
                program.toString(),
                "--bind",
                HOST,
                "--port",
                "" + port,
                "--save",
                "",
                "--appendonly",
                "no")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectErrorStream(true)
            .start();
    try (var redis = new Redis(HOST, port)) {
      Await.until("redis-server answers", () -> answers(redis));
    }
  }

  private static boolean answers(Redis redis) {
    try {
      return redis.call(Command.PING) != null;
    } catch (RedisUnavailableException e) {
      return false;
    }
  }

  /// Like `kill -9`.
  void kill() {
    try {
      process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
