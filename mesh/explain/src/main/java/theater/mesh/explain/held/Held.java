package theater.mesh.explain.held;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import theater.mesh.view.Proxy;
import theater.mesh.xds.ResourceKind;
import theater.mesh.xds.Versioned;

/// What an Envoy has at a moment: what it was sent and took.
///
/// @param id its node id
/// @param refused what it was sent and did not take; it goes on with what it had before
/// @param waiting whether an answer of it is still awaited
public record Held(
    String id,
    Proxy proxy,
    Map<ResourceKind, Map<String, Versioned>> resources,
    List<Refused> refused,
    boolean waiting) {

  /// A resource that the Envoy did not take, with its own words.
  public record Refused(ResourceKind kind, String name, String text) {}

  /// All of them.
  public List<Listener> listeners() {
    return resources.get(ResourceKind.LISTENER).values().stream()
        .map(resource -> unpack(resource.body(), Listener.class))
        .toList();
  }

  /// By name.
  public Optional<RouteConfiguration> routes(String name) {
    return find(ResourceKind.ROUTE, name, RouteConfiguration.class);
  }

  /// By name.
  public Optional<Cluster> cluster(String name) {
    return find(ResourceKind.CLUSTER, name, Cluster.class);
  }

  /// By the cluster's name.
  public Optional<ClusterLoadAssignment> endpoints(String cluster) {
    return find(ResourceKind.ENDPOINT, cluster, ClusterLoadAssignment.class);
  }

  private <T extends Message> Optional<T> find(ResourceKind kind, String name, Class<T> type) {
    return Optional.ofNullable(resources.get(kind).get(name))
        .map(resource -> unpack(resource.body(), type));
  }

  /// A message that this server packed itself.
  public static <T extends Message> T unpack(Any any, Class<T> type) {
    try {
      return any.unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("expected " + type.getSimpleName() + ", got " + any, e);
    }
  }
}
