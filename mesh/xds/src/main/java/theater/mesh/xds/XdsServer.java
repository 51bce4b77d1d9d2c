package theater.mesh.xds;

import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import theater.mesh.identity.WorkloadAuthority;
import theater.mesh.translation.EnvoyConfig;
import theater.mesh.view.MeshView;
import theater.mesh.view.Proxy;

/// The control plane's side towards Envoys: delta ADS on a Unix socket. One thread does everything:
/// takes requests, translates, sends. Views conflate: when several come while it works, only the
/// last is pushed.
public final class XdsServer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(XdsServer.class.getName());
  private static final Duration CERTIFICATE_LIFE = Duration.ofHours(24);
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(5);
  private static final Duration CLUSTER_HOLD = Duration.ofSeconds(1);

  private final BiFunction<MeshView, Proxy, EnvoyConfig> translation;
  private final Duration certificateLife;
  private final Recorder recorder;
  private final Secrets secrets;
  private final CredentialSecrets credentials = new CredentialSecrets();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("xds").daemon().factory());
  private final SocketServer socket;
  private final Bodies bodies = new Bodies();
  private final Set<ProxyStream> streams = new LinkedHashSet<>();
  private final Progress progress = new Progress();
  private final AtomicLong viewNumber = new AtomicLong();
  private final AtomicReference<NumberedView> latest = new AtomicReference<>();
  private NumberedView pushed;
  private boolean progressDue;
  private volatile Counts counts = Counts.NONE;

  private record NumberedView(long number, MeshView view) {}

  /// @param translation pure; `new Translation()::translate`
  public XdsServer(
      Path socket,
      WorkloadAuthority authority,
      BiFunction<MeshView, Proxy, EnvoyConfig> translation) {
    this(socket, authority, translation, CERTIFICATE_LIFE, Recorder.NONE);
  }

  /// @param recorder is told what is sent and what Envoys answer
  public XdsServer(
      Path socket,
      WorkloadAuthority authority,
      BiFunction<MeshView, Proxy, EnvoyConfig> translation,
      Recorder recorder) {
    this(socket, authority, translation, CERTIFICATE_LIFE, recorder);
  }

  XdsServer(
      Path socket,
      WorkloadAuthority authority,
      BiFunction<MeshView, Proxy, EnvoyConfig> translation,
      Duration certificateLife,
      Recorder recorder) {
    this.translation = translation;
    this.recorder = recorder;
    this.certificateLife = certificateLife;
    this.secrets = new Secrets(authority, certificateLife, Clock.systemUTC());
    this.socket = new SocketServer(socket, new Ads(), thread);
  }

  /// Listens. Envoys may come before the first view; they wait.
  public XdsServer start() {
    socket.start();
    long every = certificateLife.dividedBy(24).toNanos();
    thread.scheduleWithFixedDelay(this::renew, every, every, TimeUnit.NANOSECONDS);
    return this;
  }

  /// Pushes a view to every Envoy, soon. Returns at once.
  ///
  /// @return the view's number, for [#await]
  public long update(MeshView view) {
    NumberedView next = new NumberedView(viewNumber.incrementAndGet(), view);
    latest.accumulateAndGet(
        next, (before, now) -> before != null && before.number > now.number ? before : now);
    thread.execute(this::push);
    return next.number;
  }

  /// Waits until every connected Envoy has taken (or refused) everything of this view, or of a
  /// newer one.
  ///
  /// @return whether that came in time
  public boolean await(long view, Duration atMost) throws InterruptedException {
    return progress.await(view, atMost);
  }

  /// What each connected Envoy last said, by type.
  public List<Acknowledgement> acknowledged() {
    return progress.acknowledged();
  }

  /// Node ids of the Envoys that are connected.
  public List<String> connected() {
    return progress.connected();
  }

  public Counts counts() {
    return counts;
  }

  @Override
  public void close() {
    socket.close();
    thread.shutdownNow();
  }

  private void push() {
    NumberedView view = latest.get();
    if (pushed != null && pushed.number == view.number) {
      return;
    }
    counts = counts.view();
    pushed = view;
    recorder.pushed(view.number, view.view);
    for (ProxyStream stream : List.copyOf(streams)) {
      translate(stream);
      stream.advance();
    }
    tellProgress();
    if (bodies.many()) {
      thread.execute(() ->
          bodies.retain(
              streams.stream().map(ProxyStream::snapshot).filter(Objects::nonNull).toList()));
    }
  }

  private void translate(ProxyStream stream) {
    try {
      Snapshot snapshot =
          new Snapshot(
              pushed.number,
              translation.apply(pushed.view, stream.proxy()),
              stream.snapshot(),
              bodies);
      snapshot.put(ResourceKind.SECRET, secrets.root());
      snapshot.put(ResourceKind.SECRET, secrets.own(stream.proxy().workload(), pushed.view.mesh()));
      credentials.addTo(snapshot, pushed.view, stream.proxy());
      stream.snapshot(snapshot);
    } catch (RuntimeException e) {
      // One proxy's failure must not take the others' updates; it keeps what it has.
      LOG.log(Level.ERROR, "the configuration of " + stream.id() + " could not be made", e);
    }
  }

  private void renew() {
    for (ProxyStream stream : List.copyOf(streams)) {
      if (pushed != null) {
        stream.secret(secrets.own(stream.proxy().workload(), pushed.view.mesh()));
        stream.advance();
      }
    }
  }

  /// Soon, and once for all that happens until then.
  private void tellProgress() {
    if (!progressDue) {
      progressDue = true;
      thread.execute(this::progressNow);
    }
  }

  private void progressNow() {
    progressDue = false;
    List<Acknowledgement> answers = new ArrayList<>();
    streams.forEach(stream -> answers.addAll(stream.answers().values()));
    boolean settled = pushed != null && streams.stream().allMatch(ProxyStream::settled);
    progress.tell(
        settled ? pushed.number : 0, streams.stream().map(ProxyStream::id).toList(), answers);
  }

  /// gRPC calls it on the server's thread.
  private final class Ads extends AggregatedDiscoveryServiceImplBase {
    @Override
    public StreamObserver<DeltaDiscoveryRequest> deltaAggregatedResources(
        StreamObserver<DeltaDiscoveryResponse> envoy) {
      // With a handler, sending to an Envoy that has just gone is no error; its end is told to
      // onError.
      ((ServerCallStreamObserver<DeltaDiscoveryResponse>) envoy).setOnCancelHandler(() -> {});
      return new Requests(envoy);
    }
  }

  private final class Requests implements StreamObserver<DeltaDiscoveryRequest> {
    private final StreamObserver<DeltaDiscoveryResponse> envoy;
    private ProxyStream stream;

    Requests(StreamObserver<DeltaDiscoveryResponse> envoy) {
      this.envoy = envoy;
    }

    @Override
    public void onNext(DeltaDiscoveryRequest request) {
      try {
        if (stream == null) {
          stream =
              new ProxyStream(
                  request.getNode().getId(),
                  ProxyNode.read(request.getNode()),
                  envoy,
                  new Events(),
                  recorder);
          streams.add(stream);
          LOG.log(Level.DEBUG, "{0} is connected", stream.id());
          if (pushed != null) {
            translate(stream);
          }
        }
        stream.request(request);
        stream.advance();
        tellProgress();
      } catch (IllegalArgumentException e) {
        LOG.log(Level.WARNING, "an Envoy was sent away: {0}", e.getMessage());
        leave();
        envoy.onError(Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
      }
    }

    @Override
    public void onError(Throwable cause) {
      leave();
    }

    @Override
    public void onCompleted() {
      leave();
      envoy.onCompleted();
    }

    private void leave() {
      if (stream != null && streams.remove(stream)) {
        recorder.left(stream.id());
        tellProgress();
      }
    }
  }

  private final class Events implements XdsEvents {
    @Override
    public void sent(int resources, int bytes) {
      counts = counts.response(resources, bytes);
    }

    @Override
    public void refused() {
      counts = counts.refusal();
    }

    @Override
    public void soon(Runnable again) {
      schedule(again, CLUSTER_HOLD);
    }

    @Override
    public void later(Runnable again) {
      schedule(again, AFTER_REFUSAL);
    }

    private void schedule(Runnable again, Duration after) {
      thread.schedule(again, after.toNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
