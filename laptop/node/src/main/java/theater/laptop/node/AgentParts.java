package theater.laptop.node;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import theater.kube.EventRecorder;
import theater.kube.KubeApi;
import theater.laptop.node.usage.UsageMeter;

/// What all pods of one node share.
///
/// @param envoys those of its pods, now
/// @param restartPause the second restart's wait, 10 s in life
record AgentParts(
    NodeConfig config,
    KubeApi api,
    ImageStore images,
    Sources sources,
    TokenSource tokens,
    PodAddresses addresses,
    Supplier<List<EnvoyAdmin>> envoys,
    UsageMeter meter,
    EventRecorder events,
    ScheduledExecutorService timers,
    Clock clock,
    Duration restartPause) {

  void later(Duration wait, Runnable task) {
    if (!timers.isShutdown()) {
      timers.schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
