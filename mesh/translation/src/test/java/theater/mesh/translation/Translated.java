package theater.mesh.translation;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.route.v3.Route;
import java.util.List;

/// Looks into what the api-gateway's sidecar gets.
public final class Translated {
  public static final String USER = "user-service.theater-msa.svc.cluster.local";

  private final EnvoyConfig config;

  private Translated(EnvoyConfig config) {
    this.config = config;
  }

  /// A VirtualService for user-service with these lines under `http:`.
  public static Translated http(String http) {
    return of("VirtualService", "  hosts: [user-service]\n  http:\n" + http.indent(2));
  }

  /// A DestinationRule for user-service with these lines in its spec.
  public static Translated rule(String spec) {
    return of("DestinationRule", "  host: user-service\n" + spec.indent(2));
  }

  private static Translated of(String kind, String spec) {
    return new Translated(
        Cinema.translate(
            "api-gateway",
            "apiVersion: networking.istio.io/v1\nkind: "
                + kind
                + "\nmetadata: {name: one}\nspec:\n"
                + spec));
  }

  /// The routes to user-service.
  public List<Route> routes() {
    return config.routes().stream()
        .flatMap(routes -> routes.getVirtualHostsList().stream())
        .filter(host -> host.getName().equals(USER + ":8081"))
        .findFirst()
        .orElseThrow()
        .getRoutesList();
  }

  /// The cluster of user-service or a subset of it.
  public Cluster cluster(String subset) {
    return config.clusters().stream()
        .filter(cluster -> cluster.getName().equals("outbound|8081|" + subset + "|" + USER))
        .findFirst()
        .orElseThrow();
  }

  /// The endpoints of user-service or a subset of it.
  public ClusterLoadAssignment endpoints(String subset) {
    return config.endpoints().stream()
        .filter(
            endpoint -> endpoint.getClusterName().equals("outbound|8081|" + subset + "|" + USER))
        .findFirst()
        .orElseThrow();
  }

  /// The problems as `SEVERITY field`.
  public List<String> problems() {
    return config.problems().stream()
        .map(problem -> problem.severity() + " " + problem.field())
        .toList();
  }

  /// The filter configuration of a route.
  public static <T extends Message> T filter(Route route, String name, Class<T> type)
      throws InvalidProtocolBufferException {
    return route.getTypedPerFilterConfigOrThrow(name).unpack(type);
  }
}
