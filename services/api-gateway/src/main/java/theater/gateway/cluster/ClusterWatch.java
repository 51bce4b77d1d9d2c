package theater.gateway.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import theater.gateway.GatewayConfig;
import theater.gateway.mesh.Routing;
import theater.gateway.mesh.TrafficWeights;
import theater.kube.Credentials;

/// Reads both contexts and keeps what follows from them: the routing in force, and the pods. One
/// thread of its own computes.
public final class ClusterWatch implements AutoCloseable {
  private static final long RULES_MS = 50;
  private static final long PODS_MS = 200;

  /// Is told of new states, on this watch's thread.
  public interface Listener {
    void weights(String json);

    void deployment(String json);
  }

  private final GatewayConfig config;
  private final Listener listener;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("cluster-watch").factory());
  private final AtomicBoolean rulesDue = new AtomicBoolean();
  private final AtomicBoolean podsDue = new AtomicBoolean();
  private final ContextSource own;
  private final ContextSource remote;
  private String rulesReason = "";
  private Map<String, String> labels = Map.of();
  private volatile Routing routing;
  private volatile ContextPods ownPods;
  private volatile ContextPods remotePods;

  public ClusterWatch(GatewayConfig config, Listener listener) {
    this.config = config;
    this.listener = listener;
    own =
        new ContextSource(
            config.apiServer(),
            "no credentials: "
                + (config.apiServer() == null
                    ? "neither KUBERNETES_SERVICE_HOST nor KUBECONFIG is set"
                    : config.apiServer().file() + " is missing"),
            to -> KubeContext.open(to, config.namespace(), this::podsChanged, this::rulesChanged));
    Path kubeconfig = config.remoteKubeconfig();
    remote =
        new ContextSource(
            kubeconfig == null ? null : new Credentials.Kubeconfig(kubeconfig),
            "no credentials: "
                + (kubeconfig == null
                    ? "REMOTE_KUBECONFIG is not set"
                    : "Secret remote-reader is missing"),
            to -> KubeContext.open(to, config.namespace(), this::podsChanged, null));
    ownPods = ContextPods.unknown(config.context(), "the API server has not answered yet");
    remotePods = ContextPods.unknown(config.otherContext(), "the API server has not answered yet");
  }

  /// Starts to read; returns at once.
  public void start() {
    thread.scheduleWithFixedDelay(this::check, 0, 1, TimeUnit.SECONDS);
  }

  /// The rules in force; null when they are not known.
  public Routing routing() {
    return routing;
  }

  public ContextPods ownPods() {
    return ownPods;
  }

  public ContextPods remotePods() {
    return remotePods;
  }

  /// Every second: the credentials may have come or changed, a connection may be lost or back.
  private void check() {
    try {
      own.check();
      remote.check();
      if (!Objects.equals(rulesReason, own.rulesUnknown())) {
        readRules();
      }
      if (!Objects.equals(ownPods.reason(), own.podsUnknown())
          || !Objects.equals(remotePods.reason(), remote.podsUnknown())) {
        readPods();
      }
    } catch (RuntimeException e) {
      System.err.println("api-gateway: reading the clusters failed, trying again: " + e);
    }
  }

  private void rulesChanged() {
    soon(rulesDue, RULES_MS, this::readRules);
  }

  private void podsChanged() {
    soon(podsDue, PODS_MS, this::readPods);
  }

  private void soon(AtomicBoolean due, long delay, Runnable action) {
    if (due.compareAndSet(false, true)) {
      try {
        thread.schedule(
            () -> {
              due.set(false);
              action.run();
            },
            delay,
            TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        // The gateway is stopping.
      }
    }
  }

  private void readRules() {
    String reason = own.rulesUnknown();
    rulesReason = reason;
    Routing read = null;
    if (reason == null) {
      labels = labels();
      read =
          Routing.read(
              own.context().virtualServices(),
              own.context().destinationRules(),
              config.namespace(),
              labels,
              config.upstreams());
    }
    routing = read;
    listener.weights(TrafficWeights.json(read, reason).toString());
  }

  private void readPods() {
    ownPods = read(config.context(), own);
    remotePods = read(config.otherContext(), remote);
    List<ContextPods> both =
        config.context().compareTo(config.otherContext()) < 0
            ? List.of(ownPods, remotePods)
            : List.of(remotePods, ownPods);
    listener.deployment(DeploymentStatus.json(both).toString());
    if (rulesReason == null && !labels.equals(labels())) {
      readRules();
    }
  }

  private static ContextPods read(String name, ContextSource source) {
    String reason = source.podsUnknown();
    return reason == null
        ? new ContextPods(name, null, source.context().pods(), source.context().deployments())
        : ContextPods.unknown(name, reason);
  }

  /// Labels of the gateway's own pod, which rules may ask for.
  private Map<String, String> labels() {
    Map<String, String> labels = new HashMap<>(Map.of("app", "api-gateway"));
    for (JsonNode pod : ownPods.pods()) {
      if (config.podName().equals(pod.path("metadata").path("name").asText())) {
        pod.path("metadata")
            .path("labels")
            .properties()
            .forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
      }
    }
    return labels;
  }

  @Override
  public void close() {
    thread.execute(this::closeContexts);
    thread.shutdown();
  }

  private void closeContexts() {
    own.close();
    remote.close();
  }
}
