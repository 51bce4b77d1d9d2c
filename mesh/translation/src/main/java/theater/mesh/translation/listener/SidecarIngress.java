package theater.mesh.translation.listener;

import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.Pipe;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.Sight;
import theater.mesh.translation.registry.Protocol;
import theater.mesh.translation.registry.RegistryService;
import theater.mesh.translation.registry.ServiceEntryHost;
import theater.mesh.translation.spec.IpAddress;
import theater.mesh.translation.spec.SpecNode;

/// The ports that a Sidecar declares for its application. Istio: Sidecar.ingress; `tls` has no
/// effect there either, unless a switch of istiod is on.
final class SidecarIngress {
  private static final String SOCKET = "unix://";
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]");
  private static final Set<String> INSTANCE = Set.of("0.0.0.0", "[::]");
  private static final int HIGHEST_PORT = 65535;

  /// The longest path of a socket that the system takes.
  private static final int LONGEST_PATH = 107;

  private final Sight sight;
  private final SpecNode written;
  private final int number;

  private SidecarIngress(Sight sight, SpecNode written, int number) {
    this.sight = sight;
    this.written = written;
    this.number = number;
  }

  /// @param found the ports that Services lead to
  static List<ListenedPort> of(Sight sight, List<ListenedPort> found) {
    List<ListenedPort> result = new ArrayList<>();
    Set<Integer> taken = new HashSet<>();
    for (SpecNode written : sight.scope().ingress()) {
      long number = written.at("port", "number").whole().orElse(0);
      if (number < 1 || number > HIGHEST_PORT) {
        written.at("port", "number").malformed("a port from 1 to 65535; it is left out");
      } else if (!taken.add((int) number)) {
        written.problem(Severity.INERT, "an earlier element has port " + number);
      } else {
        result.add(new SidecarIngress(sight, written, (int) number).port(found));
      }
    }
    return result;
  }

  private ListenedPort port(List<ListenedPort> found) {
    if (written.at("tls").present()) {
      written
          .at("tls")
          .problem(
              Severity.INERT,
              "has no effect, as in Istio: istiod's switch ENABLE_TLS_ON_SIDECAR_INGRESS is off");
    }
    RegistryService service =
        found.stream()
            .filter(port -> port.number() == number)
            .map(ListenedPort::service)
            .findFirst()
            .orElseGet(this::noService);
    return new ListenedPort(
        number,
        address(),
        Protocol.ofWord(written.at("port", "protocol").textOr("")),
        service,
        ListenedPort.policy(sight, service, number, number),
        application());
  }

  /// Stands for the application where no Service leads to the port.
  private RegistryService noService() {
    String name = sight.scope().name();
    String namespace = sight.namespace();
    return new RegistryService(
        name + "." + namespace,
        namespace,
        name,
        List.of(),
        List.of(),
        List.of(),
        ServiceEntryHost.NO_ENTRY);
  }

  /// Only a port that is not redirected has a listener at an address of its own choice, and on a
  /// laptop a pod has no address but its own.
  private String address() {
    String own = sight.proxy().addresses().inbound();
    SpecNode bind = written.at("bind");
    String address = bind.textOr("");
    if (address.isEmpty()) {
      return own;
    }
    if (!IpAddress.is(address)) {
      bind.malformed("an address");
      return own;
    }
    if (!sight.redirecting()) {
      bind.problem(
          Severity.NOT_MODELLED, "has no effect here: the pod listens at its own address " + own);
      return own;
    }
    return written.at("captureMode").textOr("").equals("NONE") ? address : own;
  }

  /// `127.0.0.1` is the application's own address here: on a laptop no two pods share one.
  private Optional<Address> application() {
    String endpoint = written.at("defaultEndpoint").textOr("");
    if (endpoint.isEmpty()) {
      return at(number);
    }
    if (endpoint.startsWith(SOCKET)) {
      return socket(endpoint.substring(SOCKET.length()));
    }
    int colon = endpoint.lastIndexOf(':');
    String host = colon < 0 ? endpoint : endpoint.substring(0, colon);
    String port = colon < 0 ? "" : endpoint.substring(colon + 1);
    boolean loopback = LOOPBACK.contains(host);
    if (!loopback && !INSTANCE.contains(host)
        || !port.matches("[0-9]{1,5}")
        || Integer.parseInt(port) < 1
        || Integer.parseInt(port) > HIGHEST_PORT) {
      written
          .at("defaultEndpoint")
          .malformed("127.0.0.1:PORT, 0.0.0.0:PORT, [::1]:PORT, [::]:PORT or unix://PATH");
      return Optional.empty();
    }
    return loopback && sight.redirecting()
        ? Optional.of(Sockets.address("127.0.0.1", Integer.parseInt(port)))
        : at(Integer.parseInt(port));
  }

  private Optional<Address> at(int port) {
    return Optional.of(Sockets.address(sight.proxy().addresses().application(), port));
  }

  private Optional<Address> socket(String path) {
    boolean named = path.startsWith("/") || path.startsWith("@") && path.length() > 1;
    if (!named || path.length() > LONGEST_PATH || path.indexOf('\0') >= 0) {
      written
          .at("defaultEndpoint")
          .malformed("unix:// and a path, or unix://@NAME, of at most " + LONGEST_PATH + " bytes");
      return Optional.empty();
    }
    return Optional.of(Address.newBuilder().setPipe(Pipe.newBuilder().setPath(path)).build());
  }
}
