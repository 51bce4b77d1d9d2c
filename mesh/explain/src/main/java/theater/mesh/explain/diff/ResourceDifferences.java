package theater.mesh.explain.diff;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.util.List;
import java.util.function.UnaryOperator;
import theater.mesh.explain.diff.Facts.Place;
import theater.mesh.explain.held.Held;
import theater.mesh.explain.held.Step;
import theater.mesh.translation.Origin;
import theater.mesh.xds.ResourceKind;
import theater.mesh.xds.Versioned;

/// What differs between the two forms of a resource.
final class ResourceDifferences {
  private final UnaryOperator<String> names;

  /// @param names who is at an `address:port`
  ResourceDifferences(UnaryOperator<String> names) {
    this.names = names;
  }

  List<Difference> of(Step step) {
    return step.bodies()
        ? Facts.between(facts(step.kind(), step.before()), facts(step.kind(), step.after()))
        : List.of();
  }

  private Facts facts(ResourceKind kind, Versioned resource) {
    if (resource == null) {
      return new Facts();
    }
    Any body = resource.body();
    return switch (kind) {
      case ROUTE -> RouteFacts.of(Held.unpack(body, RouteConfiguration.class));
      case ENDPOINT -> EndpointFacts.of(Held.unpack(body, ClusterLoadAssignment.class), names);
      case CLUSTER -> {
        Cluster cluster = Held.unpack(body, Cluster.class);
        Origin origin = Origin.of(cluster.getMetadata());
        yield JsonFacts.of(
            new Place(
                "",
                "",
                origin.object().isEmpty() ? origin.policy() : origin.object(),
                origin.place()),
            cluster);
      }
      case LISTENER -> JsonFacts.of(Place.WHOLE, Held.unpack(body, Listener.class));
      case SECRET -> new Facts();
    };
  }
}
