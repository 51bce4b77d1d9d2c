package theater.mesh.xds;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.stub.StreamObserver;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import theater.mesh.view.Proxy;
import theater.mesh.xds.Subscription.Difference;

/// One Envoy's aggregated stream. [#advance] sends what can be sent now and is called after every
/// event; it knows no other state than what the Envoy should have, asked for, was sent and has
/// answered. For the server's one thread.
///
/// The order keeps every request served: clusters and their endpoints must have been taken before
/// the routes that use them are sent, and a cluster is taken away only after the routes without it
/// have been taken.
final class ProxyStream {
  private static final Logger LOG = System.getLogger(ProxyStream.class.getName());
  private static final long LONGEST_HOLD_NANOS = 1_000_000_000L;

  private final String id;
  private final Proxy proxy;
  private final StreamObserver<DeltaDiscoveryResponse> envoy;
  private final XdsEvents events;
  private final Recorder recorder;
  private final Map<ResourceKind, Map<String, String>> claimed = new EnumMap<>(ResourceKind.class);
  private final Map<ResourceKind, Subscription> subscriptions = new EnumMap<>(ResourceKind.class);
  private final Map<ResourceKind, Acknowledgement> answers = new EnumMap<>(ResourceKind.class);
  private Snapshot snapshot;
  private long nonce;
  private long heldSince;
  private Map<String, String> named;

  ProxyStream(
      String id,
      Proxy proxy,
      StreamObserver<DeltaDiscoveryResponse> envoy,
      XdsEvents events,
      Recorder recorder) {
    this.id = id;
    this.proxy = proxy;
    this.envoy = envoy;
    this.events = events;
    this.recorder = recorder;
    recorder.connected(id, proxy);
  }

  String id() {
    return id;
  }

  Proxy proxy() {
    return proxy;
  }

  Map<ResourceKind, Acknowledgement> answers() {
    return answers;
  }

  /// What it should have now, or null before the first.
  Snapshot snapshot() {
    return snapshot;
  }

  void snapshot(Snapshot next) {
    snapshot = next;
    tellKept();
  }

  /// What it said at its coming that it has, as far as that is what it should have.
  private void tellKept() {
    if (snapshot == null || claimed.isEmpty()) {
      return;
    }
    claimed.forEach((kind, versions) -> {
      List<Versioned> same = new ArrayList<>();
      versions.forEach((name, version) -> {
        Versioned now = snapshot.all(kind).get(name);
        if (now != null && now.version().equals(version)) {
          same.add(now);
        }
      });
      recorder.kept(id, kind, same);
    });
    claimed.clear();
  }

  void secret(Versioned secret) {
    if (snapshot != null) {
      snapshot.put(ResourceKind.SECRET, secret);
    }
  }

  void request(DeltaDiscoveryRequest request) {
    ResourceKind kind = ResourceKind.of(request.getTypeUrl());
    if (kind == null) {
      LOG.log(Level.DEBUG, "{0} asks for {1}, which is not served", id, request.getTypeUrl());
      return;
    }
    if (kind != ResourceKind.SECRET && request.getInitialResourceVersionsCount() > 0) {
      claimed.put(kind, request.getInitialResourceVersionsMap());
      tellKept();
    }
    if (request.getResourceNamesUnsubscribeCount() > 0) {
      named = null;
    }
    Subscription subscription = subscriptions.computeIfAbsent(kind, Subscription::new);
    subscription.request(request);
    Map<String, String> carried =
        request.getResponseNonce().isEmpty()
            ? null
            : subscription.answered(request.getResponseNonce());
    if (carried != null) {
      String refusal = request.hasErrorDetail() ? refusal(request) : "";
      if (kind != ResourceKind.SECRET) {
        recorder.answered(id, kind, request.getResponseNonce(), refusal);
      }
      answer(kind, carried, refusal);
    }
  }

  private static String refusal(DeltaDiscoveryRequest request) {
    String text = request.getErrorDetail().getMessage();
    return text.isEmpty()
        ? "refused without a reason, code " + request.getErrorDetail().getCode()
        : text;
  }

  private void answer(ResourceKind kind, Map<String, String> carried, String refusal) {
    Acknowledgement before = answers.get(kind);
    answers.put(kind, new Acknowledgement(id, kind, snapshot.view(), refusal, Instant.now()));
    if (refusal.isEmpty()) {
      return;
    }
    events.refused();
    if (before == null || !Objects.equals(before.refusal(), refusal)) {
      LOG.log(Level.WARNING, "{0} refused {1}: {2}", id, kind, refusal);
    }
    // What it lacked (a port that was taken) may be there later, and an Envoy does not try again by
    // itself.
    events.later(() -> {
      subscriptions.get(kind).forget(carried);
      advance();
    });
  }

  /// Whether it was sent all it should have, and has answered.
  boolean settled() {
    return snapshot != null
        && subscriptions.containsKey(ResourceKind.LISTENER)
        && subscriptions.values().stream().allMatch(Subscription::quiet)
        && subscriptions.keySet().stream().allMatch(kind -> difference(kind, true).isEmpty());
  }

  void advance() {
    if (snapshot == null) {
      return;
    }
    for (Versioned cluster : send(ResourceKind.CLUSTER, false)) {
      // A changed cluster waits for its endpoints, also when they are as before.
      forget(ResourceKind.ENDPOINT, snapshot.endpointsOfCluster().get(cluster.name()));
    }
    send(ResourceKind.ENDPOINT, false);
    send(ResourceKind.SECRET, false);
    if (!clustersTaken()) {
      return;
    }
    for (Versioned listener : send(ResourceKind.LISTENER, true)) {
      snapshot
          .routesOfListener(listener.name())
          .forEach(route -> forget(ResourceKind.ROUTE, route));
    }
    send(ResourceKind.ROUTE, false);
    if (quiet(ResourceKind.LISTENER) && quiet(ResourceKind.ROUTE)) {
      send(ResourceKind.CLUSTER, true);
    }
  }

  /// Whether routes may be sent. An Envoy that refused a cluster never asks for its endpoints, so
  /// the wait has an end.
  private boolean clustersTaken() {
    Subscription clusters = subscriptions.get(ResourceKind.CLUSTER);
    Subscription endpoints = subscriptions.get(ResourceKind.ENDPOINT);
    boolean taken =
        clusters != null
            && quiet(ResourceKind.CLUSTER)
            && quiet(ResourceKind.ENDPOINT)
            && quiet(ResourceKind.SECRET)
            && named(endpoints);
    boolean something =
        !difference(ResourceKind.LISTENER, true).isEmpty()
            || !difference(ResourceKind.ROUTE, false).isEmpty();
    if (taken || !something) {
      heldSince = 0;
      return taken;
    }
    if (heldSince == 0) {
      heldSince = System.nanoTime();
      events.soon(this::advance);
    }
    return System.nanoTime() - heldSince >= LONGEST_HOLD_NANOS;
  }

  /// Whether the Envoy has asked for the endpoints of all its clusters.
  private boolean named(Subscription endpoints) {
    Map<String, String> wanted = snapshot.endpointsOfCluster();
    if (named != wanted
        && wanted.values().stream().allMatch(name -> endpoints != null && endpoints.names(name))) {
      named = wanted;
    }
    return named == wanted;
  }

  private Difference difference(ResourceKind kind, boolean removals) {
    Subscription subscription = subscriptions.get(kind);
    return subscription == null
        ? Difference.NONE
        : subscription.difference(snapshot.all(kind), removals);
  }

  private List<Versioned> send(ResourceKind kind, boolean removals) {
    Subscription subscription = subscriptions.get(kind);
    Difference difference = difference(kind, removals);
    if (subscription == null || (difference.isEmpty() && !subscription.answerDue())) {
      return List.of();
    }
    DeltaDiscoveryResponse.Builder response =
        DeltaDiscoveryResponse.newBuilder()
            .setTypeUrl(kind.typeUrl())
            .setSystemVersionInfo(Long.toString(snapshot.view()))
            .setNonce(Long.toString(++nonce))
            .addAllRemovedResources(difference.removed());
    for (Versioned resource : difference.changed()) {
      response.addResources(
          Resource.newBuilder()
              .setName(resource.name())
              .setVersion(resource.version())
              .setResource(resource.body()));
    }
    subscription.sent(response.getNonce(), difference);
    DeltaDiscoveryResponse message = response.build();
    envoy.onNext(message);
    // Afterwards: the Envoy need not wait for what is remembered.
    if (kind != ResourceKind.SECRET) {
      recorder.sent(id, kind, response.getNonce(), difference.changed(), difference.removed());
    }
    events.sent(difference.changed().size(), message.getSerializedSize());
    return difference.changed();
  }

  private boolean quiet(ResourceKind kind) {
    Subscription subscription = subscriptions.get(kind);
    return subscription == null || subscription.quiet();
  }

  private void forget(ResourceKind kind, String name) {
    Subscription subscription = subscriptions.get(kind);
    if (subscription != null && name != null) {
      subscription.forget(name);
    }
  }
}
