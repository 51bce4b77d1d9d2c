package theater.bench;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import theater.mesh.view.Workload;

/// Clients that ask for what an Envoy asks and take everything, each on a connection of its own.
/// They stand for Envoys where hundreds would not fit.
final class AdsClients implements AutoCloseable {
  private static final String TYPE = "type.googleapis.com/envoy.config.";
  private static final String CLUSTER = TYPE + "cluster.v3.Cluster";
  private static final String ENDPOINT = TYPE + "endpoint.v3.ClusterLoadAssignment";
  private static final String LISTENER = TYPE + "listener.v3.Listener";
  private static final String ROUTE = TYPE + "route.v3.RouteConfiguration";
  private static final int ROUTE_NAMES = 10;

  private final Path socket;
  private final EventLoopGroup loop = new EpollEventLoopGroup(1);
  private final List<ManagedChannel> channels = new ArrayList<>();

  AdsClients(Path socket) {
    this.socket = socket;
  }

  /// One more sidecar, of a service's pod.
  void connect(int service) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
            .channelType(EpollDomainSocketChannel.class)
            .eventLoopGroup(loop)
            .directExecutor()
            .usePlaintext()
            .maxInboundMessageSize(256 << 20)
            .build();
    channels.add(channel);
    new Client(channel, node(service));
  }

  private static Node node(int service) {
    Workload pod = LargeMesh.pod("ctx1", service);
    Struct.Builder labels = Struct.newBuilder();
    pod.labels().forEach((name, value) -> labels.putFields(name, text(value)));
    return Node.newBuilder()
        .setId("sidecar~" + pod.ip() + "~" + pod.name() + "." + pod.namespace() + "~cluster.local")
        .setLocality(Locality.newBuilder().setRegion(pod.region()).setZone(pod.zone()))
        .setMetadata(
            Struct.newBuilder()
                .putFields("NAME", text(pod.name()))
                .putFields("NAMESPACE", text(pod.namespace()))
                .putFields("SERVICE_ACCOUNT", text(pod.serviceAccount()))
                .putFields("CLUSTER_ID", text("ctx1"))
                .putFields("NETWORK", text("network1"))
                .putFields("INSTANCE_IPS", text(pod.ip()))
                .putFields("INTERCEPTION_MODE", text("REDIRECT"))
                .putFields("LABELS", Value.newBuilder().setStructValue(labels).build()))
        .build();
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }

  private static final class Client implements StreamObserver<DeltaDiscoveryResponse> {
    private final StreamObserver<DeltaDiscoveryRequest> requests;
    private boolean routesAsked;

    Client(ManagedChannel channel, Node node) {
      requests = AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(this);
      requests.onNext(DeltaDiscoveryRequest.newBuilder().setNode(node).setTypeUrl(CLUSTER).build());
      requests.onNext(DeltaDiscoveryRequest.newBuilder().setTypeUrl(LISTENER).build());
    }

    @Override
    public void onNext(DeltaDiscoveryResponse response) {
      requests.onNext(
          DeltaDiscoveryRequest.newBuilder()
              .setTypeUrl(response.getTypeUrl())
              .setResponseNonce(response.getNonce())
              .build());
      if (response.getTypeUrl().equals(CLUSTER)) {
        ask(
            ENDPOINT,
            response.getResourcesList().stream()
                .map(Resource::getName)
                .filter(name -> name.startsWith("outbound|"))
                .toList());
      } else if (response.getTypeUrl().equals(LISTENER) && !routesAsked) {
        routesAsked = true;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < ROUTE_NAMES; i++) {
          names.add(Integer.toString(LargeMesh.port(i)));
        }
        ask(ROUTE, names);
      }
    }

    private void ask(String type, List<String> names) {
      if (!names.isEmpty()) {
        requests.onNext(
            DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(type)
                .addAllResourceNamesSubscribe(names)
                .build());
      }
    }

    @Override
    public void onError(Throwable cause) {
      // Its end; the server counts who is connected.
    }

    @Override
    public void onCompleted() {}
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
