package theater.mesh.translation;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.util.List;

/// What one proxy gets, in Envoy's own words (xDS v3), sorted by name, and what could not be
/// translated. Certificates are not part of it: clusters and listeners name the SDS secrets
/// `default` (own certificate) and `ROOTCA`.
public record EnvoyConfig(
    List<Listener> listeners,
    List<RouteConfiguration> routes,
    List<Cluster> clusters,
    List<ClusterLoadAssignment> endpoints,
    List<Problem> problems) {}
