package theater.gateway.proxy;

import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import theater.gateway.CinemaService;

/// Where a service's requests go: a name, and the address that it had when it was last asked for.
///
/// Names are resolved beside the event loop, so that a slow name server never holds a request up.
public final class Upstream {
  private final CinemaService service;
  private final String host;
  private final int port;
  private volatile SocketAddress address;
  private volatile String problem = "its name was not resolved yet";

  /// @param url `http://user-service:8081`
  public Upstream(CinemaService service, URI url) {
    this.service = service;
    this.host = url.getHost();
    this.port = url.getPort() < 0 ? 80 : url.getPort();
  }

  /// Asks for the address once. Blocking. An address that was known stays when the name server
  /// fails.
  public boolean resolve() {
    try {
      String ip = InetAddress.getByName(host).getHostAddress();
      SocketAddress known = address;
      if (known == null || !ip.equals(known.host())) {
        address = SocketAddress.inetSocketAddress(port, ip);
      }
    } catch (UnknownHostException e) {
      problem = "no address is known for the name " + host;
    }
    return address != null;
  }

  CinemaService service() {
    return service;
  }

  /// For the Host header.
  String host() {
    return host;
  }

  int port() {
    return port;
  }

  /// `user-service:8081`
  String authority() {
    return port == 80 ? host : host + ":" + port;
  }

  /// Null until the name was resolved once.
  SocketAddress address() {
    return address;
  }

  String problem() {
    return problem;
  }
}
