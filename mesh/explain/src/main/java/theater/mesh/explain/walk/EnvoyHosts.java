package theater.mesh.explain.walk;

import java.util.Map;
import theater.mesh.view.Proxy;

/// Asks an Envoy itself what it holds of its endpoints (admin: `/clusters`).
@FunctionalInterface
public interface EnvoyHosts {
  /// Nobody can be asked.
  EnvoyHosts UNKNOWN = (proxy, cluster) -> Map.of();

  /// Health by `address:port`, empty when the Envoy does not answer.
  Map<String, Health> of(Proxy proxy, String cluster);

  /// @param ejected by outlier detection
  /// @param flags Envoy's words for what is wrong; empty when healthy
  record Health(boolean ejected, String flags) {}
}
