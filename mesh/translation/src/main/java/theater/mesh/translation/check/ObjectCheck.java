package theater.mesh.translation.check;

import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.Problems;
import theater.mesh.view.ConfigObject;

/// Istio's rules for an object of any kind. A value of a wrong type is the schema's business and
/// counts as absent here.
public final class ObjectCheck {
  private ObjectCheck() {}

  /// What Istio's webhook would say.
  public static Complaints check(ConfigObject object) {
    Complaints complaints = new Complaints();
    Rule rule = Rule.of(object, new Problems());
    if (Rule.istio(object.apiVersion())) {
      switch (object.kind()) {
        case "VirtualService" -> VirtualServiceCheck.check(object, rule.spec(), complaints);
        case "DestinationRule" -> DestinationRuleCheck.check(rule.spec(), complaints);
        case "Gateway" -> GatewayCheck.check(rule.spec(), complaints);
        case "PeerAuthentication" ->
            complaints.addIf(
                rule.spec().at("portLevelMtls").present()
                    && rule.spec().at("selector", "matchLabels").entries().isEmpty(),
                "mesh/namespace peer authentication cannot have port level mTLS");
        default -> {}
      }
    }
    return complaints;
  }
}
