package theater.mesh.explain.walk;

import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import java.util.List;
import java.util.Optional;
import theater.mesh.explain.held.Held;
import theater.mesh.view.MeshView;
import theater.mesh.view.Proxy;
import theater.mesh.view.Service;

/// Where a program's connection goes before any Envoy looks at it: by name to an address, by
/// address to a listener.
final class Dial {
  private final MeshView view;
  private final Held caller;

  Dial(MeshView view, Held caller) {
    this.view = view;
    this.caller = caller;
  }

  /// @param listener null when none takes it
  /// @param reason why none does: unknown-name, other-context, no-listener or past-the-sidecar
  record Reached(String address, Listener listener, String reason) {}

  Reached reach(String host, int port) {
    Proxy proxy = caller.proxy();
    if (proxy.role() != Proxy.Role.SIDECAR) {
      return gateway(host, port);
    }
    if (host.matches("\\d+(\\.\\d+){3}")) {
      return at(host, port, "past-the-sidecar");
    }
    List<Service> named = view.services().stream().filter(it -> named(it, host)).toList();
    Optional<Service> own =
        named.stream().filter(it -> it.context().equals(proxy.workload().context())).findFirst();
    if (own.isEmpty()) {
      return new Reached(host, null, named.isEmpty() ? "unknown-name" : "other-context");
    }
    return proxy
        .addresses()
        .outbound(own.get())
        .map(address -> at(address, port, "no-listener"))
        .orElse(new Reached(host, null, "no-listener"));
  }

  /// A name as programs of the caller's namespace may write it.
  private boolean named(Service service, String host) {
    String inNamespace = service.name() + "." + service.namespace();
    return host.equals(inNamespace)
        || host.equals(inNamespace + ".svc")
        || host.equals(service.host(view.mesh()))
        || host.equals(service.name())
            && service.namespace().equals(caller.proxy().workload().namespace());
  }

  /// From outside: the gateway's own name, or any that leads to this computer.
  private Reached gateway(String host, int port) {
    String address = host.matches("\\d+(\\.\\d+){3}") ? host : "127.0.0.1";
    Reached here = at(address, port, "no-listener");
    return here.listener() != null ? here : at(caller.proxy().workload().ip(), port, "no-listener");
  }

  private Reached at(String address, int port, String otherwise) {
    return caller.listeners().stream()
        .filter(listener -> is(listener, address, port))
        .findFirst()
        .map(listener -> new Reached(address + ":" + port, listener, ""))
        .orElse(new Reached(address + ":" + port, null, otherwise));
  }

  private static boolean is(Listener listener, String address, int port) {
    SocketAddress socket = listener.getAddress().getSocketAddress();
    return socket.getPortValue() == port
        && (socket.getAddress().equals(address) || socket.getAddress().equals("0.0.0.0"));
  }
}
