package theater.mesh.xds;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// gRPC on a Unix socket that only its owner may use. One event loop, one thread for the calls.
final class SocketServer implements AutoCloseable {
  // sockaddr_un.sun_path holds 108 bytes with the last zero.
  private static final int LONGEST_PATH = 107;
  private final Path socket;
  private final EventLoopGroup loop;
  private final Server server;

  SocketServer(Path socket, BindableService service, Executor calls) {
    this.socket = socket;
    if (!Epoll.isAvailable()) {
      throw new IllegalStateException(
          "the xDS server needs Unix sockets by epoll, which this system does not have (Linux has): "
              + Epoll.unavailabilityCause());
    }
    int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_PATH) {
      throw new IllegalArgumentException(
          "the path of the xDS socket has "
              + length
              + " bytes, a Unix socket's may have "
              + LONGEST_PATH
              + ": "
              + socket);
    }
    this.loop = new EpollEventLoopGroup(1);
    this.server =
        NettyServerBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
            .channelType(EpollServerDomainSocketChannel.class)
            .bossEventLoopGroup(loop)
            .workerEventLoopGroup(loop)
            .executor(calls)
            // Envoy pings every 30 s; gRPC's own limit of 5 minutes would cut the stream.
            .permitKeepAliveTime(5, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .maxInboundMessageSize(16 << 20)
            .addService(service)
            .build();
  }

  void start() {
    try {
      Files.createDirectories(
          socket.getParent(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      // What a killed server left behind; the supervisor sees to it that there is only one.
      Files.deleteIfExists(socket);
      server.start();
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      throw new UncheckedIOException("the xDS server cannot listen at " + socket, e);
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
