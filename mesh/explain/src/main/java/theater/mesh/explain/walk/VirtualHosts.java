package theater.mesh.explain.walk;

import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import java.util.Locale;
import java.util.Optional;

/// Which virtual host takes a Host header. Envoy: the exact name, then the longest `*.suffix`, then
/// the longest `prefix.*`, then `*`.
final class VirtualHosts {
  private VirtualHosts() {}

  record Chosen(VirtualHost host, String domain) {}

  static Optional<Chosen> choose(RouteConfiguration routes, String authority) {
    String host = authority.toLowerCase(Locale.ROOT);
    if (routes.getIgnorePortInHostMatching() && host.matches(".*:\\d+")) {
      host = host.substring(0, host.lastIndexOf(':'));
    }
    Chosen best = null;
    int rank = -1;
    for (VirtualHost candidate : routes.getVirtualHostsList()) {
      for (String domain : candidate.getDomainsList()) {
        int mine = rank(domain.toLowerCase(Locale.ROOT), host);
        if (mine > rank) {
          best = new Chosen(candidate, domain);
          rank = mine;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  private static int rank(String domain, String host) {
    if (domain.equals(host)) {
      return 30_000;
    }
    if (domain.equals("*")) {
      return 0;
    }
    if (domain.startsWith("*")) {
      return host.length() >= domain.length() && host.endsWith(domain.substring(1))
          ? 20_000 + domain.length()
          : -1;
    }
    return domain.endsWith("*")
            && host.length() >= domain.length()
            && host.startsWith(domain.substring(0, domain.length() - 1))
        ? 10_000 + domain.length()
        : -1;
  }
}
