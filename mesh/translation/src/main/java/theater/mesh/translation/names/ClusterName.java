package theater.mesh.translation.names;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of an Envoy cluster, as Istio forms it:
/// `outbound|8082|ctx1|movie-service.theater-msa.svc.cluster.local`, `inbound|8082||`.
///
/// @param subset empty for the whole service
/// @param host empty for inbound
public record ClusterName(Direction direction, int port, String subset, String host) {
  /// Where calls to addresses that nobody declared go.
  public static final String PASSTHROUGH = "PassthroughCluster";

  /// Where calls for the application at ports that no Service has go.
  public static final String INBOUND_PASSTHROUGH = "InboundPassthroughCluster";

  /// Where nothing goes on.
  public static final String BLACK_HOLE = "BlackHoleCluster";

  private static final Pattern TEXT =
      Pattern.compile("(outbound|inbound)\\|(\\d+)\\|([^|]*)\\|([^|]*)");
  private static final Pattern SNI = Pattern.compile("outbound_\\.(\\d+)_\\.(.*?)_\\.(.+)");

  /// What a route of the Gateway API names that it may not: no cluster.
  public static final String UNKNOWN = "UnknownService";

  /// Seen from the proxy.
  public enum Direction {
    OUTBOUND,
    INBOUND
  }

  /// A service or a subset of it.
  public static ClusterName outbound(int port, String subset, String host) {
    return new ClusterName(Direction.OUTBOUND, port, subset, host);
  }

  /// The application beside the proxy.
  public static ClusterName inbound(int port) {
    return new ClusterName(Direction.INBOUND, port, "", "");
  }

  /// `outbound|8082|ctx1|HOST`
  public String text() {
    if (direction == Direction.OUTBOUND && host.isEmpty()) {
      return UNKNOWN;
    }
    return direction.name().toLowerCase(java.util.Locale.ROOT)
        + "|"
        + port
        + "|"
        + subset
        + "|"
        + host;
  }

  /// `outbound_.8082_.ctx1_.HOST`, without a subset `outbound_.8082_._.HOST`: what a caller asks an
  /// east-west gateway for, and the name of the gateway's cluster for it.
  public String sni() {
    return "outbound_." + port + "_." + subset + "_." + host;
  }

  /// The reverse of [#text].
  public static Optional<ClusterName> parse(String text) {
    Matcher name = TEXT.matcher(text);
    return name.matches()
        ? Optional.of(
            new ClusterName(
                Direction.valueOf(name.group(1).toUpperCase(java.util.Locale.ROOT)),
                Integer.parseInt(name.group(2)),
                name.group(3),
                name.group(4)))
        : Optional.empty();
  }

  /// The reverse of [#sni].
  public static Optional<ClusterName> parseSni(String text) {
    Matcher name = SNI.matcher(text);
    return name.matches()
        ? Optional.of(outbound(Integer.parseInt(name.group(1)), name.group(2), name.group(3)))
        : Optional.empty();
  }
}
