package theater.mesh.translation.gatewayapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.ModelledFields;
import theater.mesh.translation.spec.Problems;
import theater.mesh.view.ConfigObject;
import theater.mesh.view.MeshView;

/// Gateways and routes of the Gateway API as Istio's Gateways and VirtualServices, and what their
/// status says.
public final class GatewayApi {
  private GatewayApi() {}

  /// The view with what its Gateways and routes come to added; the same view when it has none.
  public static MeshView expanded(MeshView view, Problems problems) {
    if (view.configs().stream().noneMatch(GatewayApi::concerns)) {
      return view;
    }
    List<ConfigObject> all = new ArrayList<>(view.configs());
    all.addAll(new Conversion(view, problems).made());
    return view.with(all);
  }

  /// What a controller writes about the view's objects of the Gateway API.
  public static List<ObjectStatus> statuses(MeshView view) {
    return view.configs().stream().anyMatch(GatewayApi::concerns)
        ? new Conversion(view, new Problems()).statuses()
        : List.of();
  }

  /// The fields that have an effect, by kind.
  public static Map<String, ModelledFields> modelledFields() {
    return GatewayApiFields.all();
  }

  /// What of an object does not happen here, whatever its fields say; by field path.
  public static Map<String, String> without(ConfigObject config) {
    Map<String, String> result = new LinkedHashMap<>();
    if (!concerns(config) || !config.kind().equals("Gateway") || config.spec() == null) {
      return result;
    }
    Rule gateway = Rule.of(config, new Problems());
    if (GatewayServices.managed(gateway)) {
      result.put(
          "spec.addresses",
          "no Service is named; name an existing one by type Hostname, such as istio-ingressgateway.istio-system.svc.cluster.local. Starting pods and a Service "
              + GatewayServices.ownName(gateway)
              + ", as Istio does, is not modelled yet and has no effect");
    }
    gateway
        .spec()
        .at("listeners")
        .items()
        .forEach(listener -> {
          String refusal = Listeners.refusal(listener.at("protocol").textOr(""));
          if (!refusal.isEmpty()) {
            result.put(listener.path() + ".protocol", "has no effect in Istio, too: " + refusal);
          }
        });
    return result;
  }

  static boolean concerns(ConfigObject config) {
    return config.apiVersion().startsWith(References.GROUP + "/");
  }
}
