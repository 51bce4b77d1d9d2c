package theater.mesh.translation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.rule.MeshConfig;
import theater.mesh.translation.security.ExtAuthzProviders;
import theater.mesh.translation.spec.ModelledFields;
import theater.mesh.translation.telemetry.Telemetry;

/// What a MeshConfig says without effect here. Istio: the ConfigMap `istio`, key `mesh`.
public final class MeshConfigFields {
  private static final ModelledFields MODELLED = ModelledFields.of(paths());

  private MeshConfigFields() {}

  /// The fields that have an effect.
  static List<String> paths() {
    List<String> paths =
        new ArrayList<>(
            List.of(
                "trustDomain",
                "rootNamespace",
                "outboundTrafficPolicy.mode",
                "defaultHttpRetryPolicy.**",
                "accessLogFile",
                "accessLogFormat",
                "accessLogEncoding",
                "defaultProviders.accessLogging[]",
                "defaultProviders.tracing[]",
                "defaultConfig.tracing.sampling",
                "extensionProviders[].name"));
    paths.addAll(MeshConfig.fields());
    Telemetry.providerFields().forEach(field -> paths.add("extensionProviders[]." + field));
    ExtAuthzProviders.fields().forEach(field -> paths.add("extensionProviders[]." + field));
    return paths;
  }

  /// Each highest field that nothing reads.
  public static List<Problem> notModelled(JsonNode written) {
    List<Problem> result = new ArrayList<>();
    MODELLED.unknown(
        "meshConfig",
        written,
        path ->
            result.add(
                new Problem(
                    Severity.NOT_MODELLED,
                    "MeshConfig",
                    path,
                    "is not modelled yet and has no effect")));
    return result;
  }
}
