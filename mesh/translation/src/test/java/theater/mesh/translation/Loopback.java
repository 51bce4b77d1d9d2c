package theater.mesh.translation;

import java.util.List;
import java.util.Optional;
import theater.mesh.view.ListenAddresses;
import theater.mesh.view.Service;
import theater.mesh.view.Workload;

/// Where a proxy listens on the laptop: an address of its own for each service.
record Loopback(Workload pod) implements ListenAddresses {
  @Override
  public Optional<String> outbound(Service service) {
    String number = service.clusterIp().substring(service.clusterIp().lastIndexOf('.') + 1);
    return service.context().equals(pod.context())
        ? Optional.of(base() + number)
        : Optional.empty();
  }

  @Override
  public String inbound() {
    return pod.ip();
  }

  @Override
  public String application() {
    return base() + "2";
  }

  @Override
  public List<String> gateway(int port) {
    return List.of(pod.ip() + ":" + port, "127.0.0.1:" + (8880 + port % 10));
  }

  private String base() {
    return pod.ip().substring(0, pod.ip().lastIndexOf('.') + 1);
  }
}
