package theater.mesh.translation.listener;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.extensions.filters.listener.http_inspector.v3.HttpInspector;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import java.util.List;

/// What all listeners share.
final class Sockets {
  static final ListenerFilter TLS_INSPECTOR =
      ListenerFilter.newBuilder()
          .setName("envoy.filters.listener.tls_inspector")
          .setTypedConfig(Any.pack(TlsInspector.getDefaultInstance()))
          .build();
  static final ListenerFilter HTTP_INSPECTOR =
      ListenerFilter.newBuilder()
          .setName("envoy.filters.listener.http_inspector")
          .setTypedConfig(Any.pack(HttpInspector.getDefaultInstance()))
          .build();
  static final List<String> PLAIN_HTTP = List.of("http/1.1", "h2c");

  private Sockets() {}

  /// A listener that does not share its port with another process: a second proxy at the same place
  /// must fail, not take half of the calls.
  static Listener.Builder listener(
      String name, String address, int port, TrafficDirection direction) {
    return Listener.newBuilder()
        .setName(name)
        .setAddress(address(address, port))
        .setTrafficDirection(direction)
        .setEnableReusePort(BoolValue.of(false));
  }

  static Address address(String address, int port) {
    return Address.newBuilder()
        .setSocketAddress(SocketAddress.newBuilder().setAddress(address).setPortValue(port))
        .build();
  }

  /// First bytes that are HTTP.
  static FilterChainMatch.Builder http() {
    return FilterChainMatch.newBuilder().addAllApplicationProtocols(PLAIN_HTTP);
  }
}
