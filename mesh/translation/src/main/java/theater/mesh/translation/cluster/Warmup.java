package theater.mesh.translation.cluster;

import io.envoyproxy.envoy.config.cluster.v3.Cluster.SlowStartConfig;
import io.envoyproxy.envoy.config.core.v3.RuntimeDouble;
import io.envoyproxy.envoy.type.v3.Percent;
import java.time.Duration;
import java.util.Optional;
import theater.mesh.translation.spec.GoDuration;
import theater.mesh.translation.spec.SpecNode;

/// A new endpoint gets its full share bit by bit. Istio: loadBalancer.warmup, or the older
/// warmupDurationSecs; Envoy: slow_start_config.
final class Warmup {
  private static final double LINEAR = 1;
  private static final double LEAST_PERCENT = 10;

  private Warmup() {}

  static Optional<SlowStartConfig> of(SpecNode loadBalancer) {
    SpecNode warmup = loadBalancer.at("warmup");
    SpecNode time =
        warmup.present() ? warmup.at("duration") : loadBalancer.at("warmupDurationSecs");
    Optional<Duration> duration = time.duration();
    if (duration.isEmpty()) {
      return Optional.empty();
    }
    SlowStartConfig.Builder result =
        SlowStartConfig.newBuilder().setSlowStartWindow(GoDuration.proto(duration.get()));
    if (warmup.present()) {
      result
          .setAggression(
              RuntimeDouble.newBuilder()
                  .setDefaultValue(
                      warmup.at("aggression").number().filter(n -> n > 0).orElse(LINEAR))
                  .setRuntimeKey("warmup.aggression"))
          .setMinWeightPercent(
              Percent.newBuilder()
                  .setValue(
                      warmup
                          .at("minimumPercent")
                          .number()
                          .filter(n -> n >= 0 && n <= 100)
                          .orElse(LEAST_PERCENT)));
    }
    return Optional.of(result.build());
  }
}
