package theater.mesh.view;

import java.util.List;
import java.util.Optional;

/// Where a proxy listens. A real pod redirects its traffic to one port by iptables; a laptop's
/// proxy listens at one loopback address per service instead. The translation asks here and does
/// not care.
public interface ListenAddresses {

  /// The address at which a sidecar takes its application's calls to a service, for example
  /// 127.1.4.12 on the laptop or the ClusterIP; empty when this proxy cannot reach the service by
  /// name (no Service of that name in its own context, or a headless one).
  Optional<String> outbound(Service service);

  /// The address at which a sidecar takes calls for its application: the pod IP.
  String inbound();

  /// The address at which the application itself listens.
  String application();

  /// The addresses at which a gateway listens for a target port, as `address:port`; the first is
  /// the pod's own.
  List<String> gateway(int port);

  /// Whether every call of the application reaches the proxy, whatever its address (Istio: iptables
  /// and REDIRECT). Then one listener at 0.0.0.0 serves all services of an HTTP port, and calls to
  /// unknown addresses pass through.
  default boolean redirecting() {
    return false;
  }
}
