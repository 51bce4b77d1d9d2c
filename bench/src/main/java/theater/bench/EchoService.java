package theater.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;

/// A service that answers as user-service does, and as fast as it can.
public final class EchoService {
  private EchoService() {}

  /// @param args address and port
  public static void main(String[] args) {
    Buffer body =
        Buffer.buffer(
            "["
                + "{\"id\":\"1\",\"name\":\"홍길동\",\"email\":\"hong@example.com\"},".repeat(10)
                + "{}]");
    Vertx.vertx(
            new VertxOptions()
                .setFileSystemOptions(new FileSystemOptions().setClassPathResolvingEnabled(false)))
        .createHttpServer()
        .requestHandler(request ->
            request
                .response()
                .putHeader("Content-Type", "application/json")
                .putHeader("X-Service-Name", "user-service")
                .putHeader("X-Service-Cluster", "ctx1")
                .putHeader("X-Pod-Name", "user-service-1")
                .end(body))
        .listen(Integer.parseInt(args[1]), args[0])
        .await();
  }
}
