package theater.mesh.translation;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.cluster.Clusters;
import theater.mesh.translation.gatewayapi.GatewayApi;
import theater.mesh.translation.registry.ServiceEntries;
import theater.mesh.translation.registry.WorkloadEntries;
import theater.mesh.translation.route.VirtualServiceFields;
import theater.mesh.translation.rule.Gateways;
import theater.mesh.translation.rule.PeerAuthentications;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.rule.SidecarScope;
import theater.mesh.translation.security.AuthorizationPolicies;
import theater.mesh.translation.security.JwtFilter;
import theater.mesh.translation.spec.ModelledFields;
import theater.mesh.translation.telemetry.Telemetry;
import theater.mesh.view.ConfigObject;

/// Every field that no feature declares, of any kind of Istio's or the Gateway API's. Derived, so
/// that nothing is silently ignored.
final class NotModelled {
  static final Map<String, ModelledFields> KINDS =
      Map.of(
          "PeerAuthentication",
          PeerAuthentications.modelledFields(),
          "DestinationRule",
          Clusters.modelledFields(),
          "VirtualService",
          VirtualServiceFields.modelled(),
          "Gateway",
          Gateways.modelledFields(),
          "ServiceEntry",
          ServiceEntries.modelledFields(),
          "Telemetry",
          Telemetry.modelledFields(),
          "WorkloadEntry",
          WorkloadEntries.modelledFields(),
          "Sidecar",
          SidecarScope.modelledFields(),
          "AuthorizationPolicy",
          AuthorizationPolicies.modelledFields(),
          "RequestAuthentication",
          JwtFilter.modelledFields());

  private static final Map<String, String> WHY =
      Map.of(
          "EnvoyFilter",
          ": it would patch Envoy's configuration below Istio's API, and Theater applies no patches."
              + " On a real Istio it acts",
          "WasmPlugin",
          ": Theater's Envoys load no plugins. On a real Istio it acts",
          "WorkloadGroup",
          ": machines do not register themselves here; write a WorkloadEntry for each");

  static final Map<String, ModelledFields> GATEWAY_API = GatewayApi.modelledFields();
  private static final String GATEWAY_API_GROUP = "gateway.networking.k8s.io/";

  private NotModelled() {}

  private static ModelledFields fields(ConfigObject config) {
    return Rule.istio(config.apiVersion())
        ? KINDS.get(config.kind())
        : config.apiVersion().startsWith(GATEWAY_API_GROUP) ? GATEWAY_API.get(config.kind()) : null;
  }

  static List<Problem> in(ConfigObject config) {
    List<Problem> result = new ArrayList<>();
    String object = config.kind() + " " + config.namespace() + "/" + config.name();
    ModelledFields fields = fields(config);
    if (fields == null) {
      result.add(
          new Problem(
              Severity.NOT_MODELLED,
              object,
              "spec",
              config.kind()
                  + " of "
                  + config.apiVersion()
                  + " is not modelled yet and has no effect"
                  + WHY.getOrDefault(config.kind(), "")));
    } else {
      GatewayApi.without(config)
          .forEach(
              (path, text) -> result.add(new Problem(Severity.NOT_MODELLED, object, path, text)));
      fields.unknown(
          "spec",
          config.spec() == null ? MissingNode.getInstance() : config.spec(),
          path ->
              result.add(
                  new Problem(
                      Severity.NOT_MODELLED,
                      object,
                      path,
                      "is not modelled yet and has no effect")));
    }
    return result;
  }
}
