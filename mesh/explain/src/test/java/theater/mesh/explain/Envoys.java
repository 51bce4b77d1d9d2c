package theater.mesh.explain;

import com.google.protobuf.Message;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import theater.mesh.explain.held.Journal;
import theater.mesh.explain.held.Writes;
import theater.mesh.translation.EnvoyConfig;
import theater.mesh.translation.Translation;
import theater.mesh.view.MeshView;
import theater.mesh.view.Proxy;
import theater.mesh.view.Workload;
import theater.mesh.xds.ResourceKind;
import theater.mesh.xds.Versioned;

/// Stands for the xDS server: translates for sidecars, tells the journal what would be sent, and
/// answers as told.
public final class Envoys {
  private final Translation translation = new Translation();
  private final Map<String, Proxy> connected = new LinkedHashMap<>();
  private final Map<String, Map<ResourceKind, Map<String, Versioned>>> sent = new HashMap<>();
  private final Steps clock = new Steps();
  public final Journal journal;
  private long number;
  private long nonce;
  private String refusal = "";

  /// A clock that stands until it is moved.
  private static final class Steps extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  public Envoys() {
    this(50, 1 << 20, Writes.NONE);
  }

  public Envoys(int changes, long bytes, Writes writes) {
    journal = new Journal(changes, bytes, writes, clock);
  }

  public Clock clock() {
    return clock;
  }

  public Envoys connect(Workload... pods) {
    for (Workload pod : pods) {
      Proxy proxy = Town.sidecar(pod);
      connected.put(pod.name(), proxy);
      journal.connected(pod.name(), proxy);
      sent.put(pod.name(), new EnumMap<>(ResourceKind.class));
    }
    return this;
  }

  /// From now on Envoys refuse with this text; empty is taking.
  public Envoys refuse(String text) {
    refusal = text;
    return this;
  }

  public Envoys later(Duration time) {
    clock.now = clock.now.plus(time);
    return this;
  }

  /// Pushes a view; every Envoy answers a millisecond later.
  public Envoys push(MeshView view) {
    journal.pushed(++number, view);
    connected.forEach((id, proxy) -> {
      EnvoyConfig config = translation.translate(view, proxy);
      send(id, ResourceKind.CLUSTER, config.clusters(), it -> it.getName());
      send(id, ResourceKind.ENDPOINT, config.endpoints(), it -> it.getClusterName());
      send(id, ResourceKind.LISTENER, config.listeners(), it -> it.getName());
      send(id, ResourceKind.ROUTE, config.routes(), it -> it.getName());
    });
    return this;
  }

  private <T extends Message> void send(
      String id, ResourceKind kind, List<T> resources, Function<T, String> name) {
    Map<String, Versioned> before = sent.get(id).computeIfAbsent(kind, _ -> new HashMap<>());
    List<Versioned> changed = new ArrayList<>();
    for (T resource : resources) {
      Versioned now = Versioned.of(name.apply(resource), resource);
      Versioned old = before.put(now.name(), now);
      if (old == null || !old.version().equals(now.version())) {
        changed.add(now);
      }
    }
    List<String> names = resources.stream().map(name).toList();
    List<String> removed =
        before.keySet().stream().filter(it -> !names.contains(it)).sorted().toList();
    removed.forEach(before::remove);
    if (!changed.isEmpty() || !removed.isEmpty()) {
      String told = Long.toString(++nonce);
      journal.sent(id, kind, told, changed, removed);
      later(Duration.ofMillis(1));
      journal.answered(id, kind, told, refusal);
    }
  }
}
