package theater.mesh.istiod;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import theater.mesh.identity.IssuedCertificate;
import theater.mesh.identity.Pem;

/// What stands behind the pod `istiod`: its ports 15012 (xDS over TLS, for istioctl) and 15014
/// (pages), each as a Unix socket that the pod passes connections on to.
public final class IstiodServer implements AutoCloseable {
  private final EventLoopGroup loop = new EpollEventLoopGroup(1);
  private final Server xds;
  private final PageServer pages;

  /// @param secure socket for port 15012
  /// @param plain socket for port 15014
  /// @param certificate what it shows
  /// @param token whether it is a good token of a service account of istio-system
  /// @param instance name of istiod's pod
  /// @throws UncheckedIOException when it cannot listen
  public IstiodServer(
      Path secure,
      Path plain,
      IssuedCertificate certificate,
      ProxyLedger ledger,
      Predicate<String> token,
      Supplier<String> instance) {
    DebugPages debug = new DebugPages(ledger);
    try {
      Files.deleteIfExists(secure);
      xds =
          NettyServerBuilder.forAddress(new DomainSocketAddress(secure.toFile()))
              .channelType(EpollServerDomainSocketChannel.class)
              .bossEventLoopGroup(loop)
              .workerEventLoopGroup(loop)
              .executor(Executors.newVirtualThreadPerTaskExecutor())
              .sslContext(
                  GrpcSslContexts.configure(
                          SslContextBuilder.forServer(
                              Pem.key(certificate.keyPem()),
                              Pem.certificates(certificate.chainPem())))
                      // PKCS12 would hash a password ten thousand times to hide a key that is at
                      // hand.
                      .keyStoreType("JKS")
                      .build())
              .intercept(new TokenGate(token))
              .addService(new DebugStreams(ledger, debug, instance))
              .build()
              .start();
      pages = new PageServer(plain, debug);
    } catch (IOException e) {
      loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      throw new UncheckedIOException("istiod's ports cannot listen at " + secure, e);
    }
  }

  @Override
  public void close() {
    pages.close();
    xds.shutdownNow();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
