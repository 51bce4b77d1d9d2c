package theater.mesh.translation.endpoint;

import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import java.util.Map;
import java.util.TreeMap;

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

  private final Map<Target, Integer> weights = new TreeMap<>();
  private int priority;
  private int weight = -1;

  void add(String address, int port, boolean mutual, int share) {
    weights.merge(new Target(address, port, mutual), share, Integer::sum);
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

  LocalityLbEndpoints build(Locality locality) {
    LocalityLbEndpoints.Builder result = LocalityLbEndpoints.newBuilder().setPriority(priority);
    result.getLocalityBuilder().setRegion(locality.region()).setZone(locality.zone());
    int sum = 0;
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
      sum += entry.getValue();
    }
    return result.setLoadBalancingWeight(UInt32Value.of(weight >= 0 ? weight : sum)).build();
  }
}
