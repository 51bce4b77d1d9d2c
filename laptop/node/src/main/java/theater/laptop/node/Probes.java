package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The probes of one process: startup first, then readiness and liveness together.
final class Probes {
  private final PodPlace place;
  private final JsonNode container;
  private final Map<String, String> environment;
  private final ProbeLoop.Listener listener;
  private final List<ProbeLoop> loops = new ArrayList<>();

  Probes(
      PodPlace place,
      JsonNode container,
      Map<String, String> environment,
      ProbeLoop.Listener listener) {
    this.place = place;
    this.container = container;
    this.environment = environment;
    this.listener = listener;
  }

  /// @return whether there is one to wait for
  boolean startup() {
    return begin(ProbeLoop.Kind.STARTUP, container.path("startupProbe"));
  }

  /// An Envoy is asked for its own readiness, whatever its manifest says.
  ///
  /// @return whether there is a readiness probe; without one a container is ready at once
  boolean others() {
    boolean proxy = PodPlace.isProxy(container);
    if (!proxy) {
      begin(ProbeLoop.Kind.LIVENESS, container.path("livenessProbe"));
    }
    return begin(
        ProbeLoop.Kind.READINESS,
        proxy ? ProbeCheck.envoyReady() : container.path("readinessProbe"));
  }

  private boolean begin(ProbeLoop.Kind kind, JsonNode probe) {
    if (!probe.isObject()) {
      return false;
    }
    String address = PodPlace.isProxy(container) ? place.podIp() : place.application();
    ProbeCheck check = new ProbeCheck(probe, container, address, environment);
    loops.add(new ProbeLoop(kind, probe, check, listener));
    return true;
  }

  void stop() {
    loops.forEach(ProbeLoop::stop);
    loops.clear();
  }
}
