package theater.mesh.istiod;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.config.core.v3.ControlPlane;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// The types that istiod serves to istioctl over aggregated xDS (Istio: `istio.io/debug/…`), state
/// of the world. Envoys are not served here.
final class DebugStreams extends AggregatedDiscoveryServiceImplBase {
  private static final String PAGE = "istio.io/debug";
  private static final String SYNCZ = PAGE + "/syncz";
  private static final String CONFIG_DUMP = PAGE + "/config_dump";
  private final ProxyLedger ledger;
  private final DebugPages pages;
  private final Supplier<String> instance;

  /// @param instance name of istiod's pod
  DebugStreams(ProxyLedger ledger, DebugPages pages, Supplier<String> instance) {
    this.ledger = ledger;
    this.pages = pages;
    this.instance = instance;
  }

  @Override
  public StreamObserver<DiscoveryRequest> streamAggregatedResources(
      StreamObserver<DiscoveryResponse> client) {
    // With a handler, answering a client that has just gone is no error.
    ((ServerCallStreamObserver<DiscoveryResponse>) client).setOnCancelHandler(() -> {});
    return new Requests(client);
  }

  private final class Requests implements StreamObserver<DiscoveryRequest> {
    private final StreamObserver<DiscoveryResponse> client;
    private final Set<String> nonces = new HashSet<>();
    private boolean over;

    Requests(StreamObserver<DiscoveryResponse> client) {
      this.client = client;
    }

    @Override
    public void onNext(DiscoveryRequest request) {
      // What carries one of our nonces only says that the answer has come.
      if (over || nonces.remove(request.getResponseNonce())) {
        return;
      }
      try {
        List<Any> resources = resources(request);
        String nonce = Long.toString(System.nanoTime());
        nonces.add(nonce);
        client.onNext(
            DiscoveryResponse.newBuilder()
                .setTypeUrl(request.getTypeUrl())
                .setVersionInfo(nonce)
                .setNonce(nonce)
                .setControlPlane(
                    ControlPlane.newBuilder().setIdentifier(Release.identifier(instance.get())))
                .addAllResources(resources)
                .build());
      } catch (IllegalArgumentException e) {
        over = true;
        client.onError(
            Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
      }
    }

    @Override
    public void onError(Throwable cause) {
      over = true;
    }

    @Override
    public void onCompleted() {
      if (!over) {
        client.onCompleted();
      }
    }
  }

  private List<Any> resources(DiscoveryRequest request) {
    return switch (request.getTypeUrl()) {
      case SYNCZ -> new Syncz(ledger).resources();
      case CONFIG_DUMP -> ledger.find(only(request)).map(ProxyDump::of).orElse(List.of());
      case PAGE ->
          List.of(
              Any.newBuilder()
                  .setTypeUrl(PAGE)
                  .setValue(ByteString.copyFromUtf8(pages.page("/debug/" + only(request)).body()))
                  .build());
      default ->
          throw new IllegalArgumentException(
              "type is "
                  + request.getTypeUrl()
                  + "; this port serves "
                  + List.of(SYNCZ, CONFIG_DUMP, PAGE)
                  + ", Envoys have their own");
    };
  }

  private static String only(DiscoveryRequest request) {
    if (request.getResourceNamesCount() != 1) {
      throw new IllegalArgumentException(
          request.getTypeUrl()
              + " has "
              + request.getResourceNamesCount()
              + " resource names; expected one");
    }
    return request.getResourceNames(0);
  }
}
