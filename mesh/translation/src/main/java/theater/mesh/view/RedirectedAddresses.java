package theater.mesh.view;

import java.util.List;
import java.util.Optional;

/// Where a proxy listens on a real cluster: the application's calls are redirected to it (Istio:
/// INTERCEPTION_MODE REDIRECT).
public record RedirectedAddresses(String podIp) implements ListenAddresses {

  @Override
  public Optional<String> outbound(Service service) {
    return Optional.of(service.clusterIp()).filter(ip -> !ip.isEmpty() && !ip.equals("None"));
  }

  @Override
  public String inbound() {
    return podIp;
  }

  @Override
  public String application() {
    return podIp;
  }

  @Override
  public List<String> gateway(int port) {
    return List.of("0.0.0.0:" + port);
  }

  @Override
  public boolean redirecting() {
    return true;
  }
}
