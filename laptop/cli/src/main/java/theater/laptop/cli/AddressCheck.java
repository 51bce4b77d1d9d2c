package theater.laptop.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import theater.laptop.plan.AddressPlan;

/// Whether the addresses of an instance can be had, tried by listening at them.
record AddressCheck(AddressPlan plan, Messages messages) {

  /// @throws CommandException naming the first address that cannot be had and who has it
  void check(List<String> contexts) {
    for (String context : contexts) {
      port("127.0.0.1", plan.apiServerPort(context), "port.api", context);
    }
    port("127.0.0.1", plan.ingressPort(), "port.ingress", "");
    port("127.0.0.1", plan.ingressTlsPort(), "port.ingress", "");
    for (String address : samples(contexts)) {
      port(address, AddressPlan.ENVOY_ADMIN_PORT, "port.pod", address);
    }
  }

  /// A few pod addresses: the first ones, where another theater of this number would be.
  private List<String> samples(List<String> contexts) {
    List<String> addresses = new ArrayList<>();
    for (String context : contexts) {
      for (int pod = 1; pod <= 3; pod++) {
        addresses.add(plan.podIp(context, pod));
      }
      addresses.add(plan.podIp(context, AddressPlan.LAST_POD));
    }
    return addresses;
  }

  private void port(String address, int port, String what, String subject) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), port), 1);
    } catch (IOException e) {
      String holder =
          PortHolder.of(address, port)
              .map(h -> messages.text("port.holder", h.pid(), h.program()))
              .orElse(messages.text("port.unknown", e.getMessage()));
      throw messages.failure("port.taken", address, port, messages.text(what, subject), holder);
    }
  }
}
