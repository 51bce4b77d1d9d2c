package theater.mesh.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.cluster.Clusters;
import theater.mesh.translation.registry.ServiceEntries;
import theater.mesh.translation.route.VirtualServiceFields;
import theater.mesh.translation.rule.Gateways;
import theater.mesh.translation.rule.PeerAuthentications;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.rule.SidecarScope;
import theater.mesh.translation.security.AuthorizationPolicies;
import theater.mesh.translation.security.JwtFilter;
import theater.mesh.translation.spec.ModelledFields;
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
          "Sidecar",
          SidecarScope.modelledFields(),
          "AuthorizationPolicy",
          AuthorizationPolicies.modelledFields(),
          "RequestAuthentication",
          JwtFilter.modelledFields());

  private NotModelled() {}

  /// Values that are not modelled of fields that are.
  private static Map<String, String> values(String kind, JsonNode spec) {
    Map<String, String> result = new LinkedHashMap<>();
    if (kind.equals("AuthorizationPolicy") && spec.path("action").asText("").equals("CUSTOM")) {
      result.put("spec.action", "CUSTOM");
    }
    for (int i = 0; kind.equals("Gateway") && i < spec.path("servers").size(); i++) {
      JsonNode server = spec.path("servers").path(i);
      String protocol =
          server.path("port").path("protocol").asText("HTTP").toUpperCase(Locale.ROOT);
      String mode = server.path("tls").path("mode").asText("");
      if (List.of("TCP", "MONGO", "MYSQL", "REDIS").contains(protocol)
          || protocol.equals("TLS") && !mode.equals("AUTO_PASSTHROUGH")
          || protocol.equals("HTTPS") && mode.endsWith("PASSTHROUGH")) {
        result.put(
            "spec.servers[" + i + "]", "protocol " + protocol + (mode.isEmpty() ? "" : " " + mode));
      }
    }
    return result;
  }

  static List<Problem> in(ConfigObject config) {
    List<Problem> result = new ArrayList<>();
    String object = config.kind() + " " + config.namespace() + "/" + config.name();
    ModelledFields fields = Rule.istio(config.apiVersion()) ? KINDS.get(config.kind()) : null;
    if (fields == null) {
      result.add(
          new Problem(
              Severity.NOT_MODELLED,
              object,
              "spec",
              config.kind()
                  + " of "
                  + config.apiVersion()
                  + " is not modelled yet and has no effect"));
    } else {
      if (config.spec() != null) {
        values(config.kind(), config.spec())
            .forEach((path, value) ->
                result.add(
                    new Problem(
                        Severity.NOT_MODELLED,
                        object,
                        path,
                        value + " is not modelled yet and has no effect")));
      }
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
