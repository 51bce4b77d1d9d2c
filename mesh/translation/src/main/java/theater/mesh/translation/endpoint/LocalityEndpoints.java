package theater.mesh.translation.endpoint;

import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/// The endpoints of one locality. The same address twice (a gateway for two pods) is one endpoint
/// of twice the weight.
final class LocalityEndpoints {
  private static final Metadata MUTUAL =
      Metadata.newBuilder()
          .putFilterMetadata(
              "envoy.transport_socket_match",
              Struct.newBuilder()
                  .putFields("tlsMode", Value.newBuilder().setStringValue("istio").build())
                  .build())
          .build();

  private record Target(String address, int port, boolean mutual) implements Comparable<Target> {
    @Override
    public int compareTo(Target other) {
      int byAddress = address.compareTo(other.address);
      return byAddress != 0
          ? byAddress
          : port != other.port
              ? Integer.compare(port, other.port)
              : Boolean.compare(mutual, other.mutual);
    }
  }

  private final Locality locality;
  private final Map<Target, Integer> weights = new TreeMap<>();
  private final Map<Target, Map<String, String>> labels = new HashMap<>();
  private int priority;
  private int weight = -1;

  LocalityEndpoints(Locality locality) {
    this.locality = locality;
  }

  Locality locality() {
    return locality;
  }

  void add(String address, int port, boolean mutual, int share, Map<String, String> own) {
    Target target = new Target(address, port, mutual);
    weights.merge(target, share, Integer::sum);
    labels.put(target, own);
  }

  /// The sum of all weights.
  int endpoints() {
    return weights.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// One part per rank of the endpoints' labels, which becomes its priority.
  List<LocalityEndpoints> split(ToIntFunction<Map<String, String>> rank) {
    Map<Integer, LocalityEndpoints> parts = new TreeMap<>();
    weights.forEach((target, share) -> {
      LocalityEndpoints part =
          parts.computeIfAbsent(
              rank.applyAsInt(labels.get(target)), _ -> new LocalityEndpoints(locality));
      part.weights.put(target, share);
      part.labels.put(target, labels.get(target));
    });
    parts.forEach((value, part) -> part.priority(value));
    return new ArrayList<>(parts.values());
  }

  void priority(int value) {
    priority = value;
  }

  int priority() {
    return priority;
  }

  void weight(int value) {
    weight = value;
  }

  LocalityLbEndpoints build() {
    LocalityLbEndpoints.Builder result = LocalityLbEndpoints.newBuilder().setPriority(priority);
    result.getLocalityBuilder().setRegion(locality.region()).setZone(locality.zone());
    for (Map.Entry<Target, Integer> entry : weights.entrySet()) {
      LbEndpoint.Builder endpoint =
          LbEndpoint.newBuilder().setLoadBalancingWeight(UInt32Value.of(entry.getValue()));
      endpoint
          .getEndpointBuilder()
          .getAddressBuilder()
          .getSocketAddressBuilder()
          .setAddress(entry.getKey().address())
          .setPortValue(entry.getKey().port());
      if (entry.getKey().mutual()) {
        endpoint.setMetadata(MUTUAL);
      }
      result.addLbEndpoints(endpoint);
    }
    return result
        .setLoadBalancingWeight(UInt32Value.of(weight >= 0 ? weight : endpoints()))
        .build();
  }
}
