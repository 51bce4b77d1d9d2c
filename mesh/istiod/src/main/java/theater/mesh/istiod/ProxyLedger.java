package theater.mesh.istiod;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import theater.mesh.view.Proxy;
import theater.mesh.xds.Recorder;
import theater.mesh.xds.ResourceKind;
import theater.mesh.xds.Versioned;

/// Remembers of each connected Envoy what it was sent and what it answered. The xDS server's thread
/// writes, any thread reads; keys and certificates never come here.
public final class ProxyLedger implements Recorder {
  private final Map<String, ConnectedProxy> proxies = new ConcurrentSkipListMap<>();

  /// A stream that comes back may be told of before the one that it replaces is told to have gone.
  private final Map<String, Integer> streams = new ConcurrentSkipListMap<>();

  private final Clock clock;

  public ProxyLedger(Clock clock) {
    this.clock = clock;
  }

  Collection<ConnectedProxy> proxies() {
    return List.copyOf(proxies.values());
  }

  /// @param name node id, or `POD.NAMESPACE`
  Optional<ConnectedProxy> find(String name) {
    return proxies.values().stream()
        .filter(proxy -> proxy.id().equals(name) || proxy.name().equals(name))
        .findFirst();
  }

  @Override
  public void connected(String id, Proxy proxy) {
    streams.merge(id, 1, Integer::sum);
    proxies.put(id, ConnectedProxy.fresh(id, proxy));
  }

  @Override
  public void kept(String id, ResourceKind kind, List<Versioned> resources) {
    Instant now = clock.instant();
    change(
        id,
        proxy ->
            proxy
                .changed(kind, resources, List.of())
                .with(kind, new SentKind(SentKind.KEPT, now, SentKind.KEPT, "")));
  }

  @Override
  public void sent(
      String id, ResourceKind kind, String nonce, List<Versioned> changed, List<String> removed) {
    Instant now = clock.instant();
    change(
        id,
        proxy -> {
          SentKind before = proxy.kinds().get(kind);
          String taken = before == null ? "" : before.taken();
          return proxy
              .changed(kind, changed, removed)
              .with(kind, new SentKind(nonce, now, taken, ""));
        });
  }

  @Override
  public void answered(String id, ResourceKind kind, String nonce, String refusal) {
    change(
        id,
        proxy -> {
          SentKind before = proxy.kinds().get(kind);
          if (before == null) {
            return proxy;
          }
          String taken = refusal.isEmpty() ? nonce : before.taken();
          return proxy.with(kind, new SentKind(before.sent(), before.sentAt(), taken, refusal));
        });
  }

  @Override
  public void left(String id) {
    if (streams.merge(id, -1, Integer::sum) <= 0) {
      streams.remove(id);
      proxies.remove(id);
    }
  }

  private void change(String id, UnaryOperator<ConnectedProxy> change) {
    proxies.computeIfPresent(id, (same, proxy) -> change.apply(proxy));
  }
}
