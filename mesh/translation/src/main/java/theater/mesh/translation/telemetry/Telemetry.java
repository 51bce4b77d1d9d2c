package theater.mesh.translation.telemetry;

import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import theater.mesh.translation.Sight;
import theater.mesh.translation.security.WorkloadRules;
import theater.mesh.translation.spec.ModelledFields;

/// Access logs and traces of one proxy. Istio: Telemetry. Metrics are Envoy's own here, whatever
/// `metrics` says.
public final class Telemetry {
  private final Map<Side, List<AccessLog>> logs = new EnumMap<>(Side.class);
  private final Tracing tracing;

  /// For one proxy.
  public Telemetry(Sight sight) {
    AccessLogs accessLogs = new AccessLogs(sight);
    for (Side side : Side.values()) {
      logs.put(side, accessLogs.of(side));
    }
    tracing = new Tracing(sight);
  }

  /// The fields that have an effect.
  public static ModelledFields modelledFields() {
    List<String> paths = new ArrayList<>(WorkloadRules.fields());
    paths.addAll(
        List.of(
            "accessLogging[].match.mode",
            "accessLogging[].providers[].name",
            "accessLogging[].disabled",
            "accessLogging[].filter.expression",
            "tracing[].match.mode",
            "tracing[].providers[].name",
            "tracing[].randomSamplingPercentage",
            "tracing[].disableSpanReporting",
            "tracing[].useRequestIdForTraceSampling"));
    for (String kind : List.of("literal.value", "environment.**", "header.**")) {
      paths.add("tracing[].customTags.*." + kind);
    }
    return ModelledFields.of(paths);
  }

  /// The fields of MeshConfig's extensionProviders that have an effect.
  public static List<String> providerFields() {
    List<String> paths =
        new ArrayList<>(
            List.of(
                "envoyFileAccessLog.path",
                "envoyFileAccessLog.logFormat.text",
                "envoyFileAccessLog.logFormat.labels.*",
                "envoyFileAccessLog.omitEmptyValues"));
    paths.addAll(Tracer.fields());
    return paths;
  }

  /// Of connections that are not HTTP.
  public List<AccessLog> accessLogs(Side side) {
    return logs.get(side);
  }

  /// Adds what is told of HTTP calls.
  public void tell(HttpConnectionManager.Builder manager, Side side) {
    manager.addAllAccessLog(logs.get(side));
    tracing.tell(manager, side);
  }
}
