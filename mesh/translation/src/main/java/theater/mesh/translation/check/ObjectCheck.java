package theater.mesh.translation.check;

import java.util.List;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.Problems;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.ConfigObject;

/// Istio's rules for an object of any kind. A value of a wrong type is the schema's business and
/// counts as absent here.
public final class ObjectCheck {
  private static final String DRY_RUN = "istio.io/dry-run";
  private static final List<String> TRUE_OR_FALSE =
      List.of("1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False");
  private static final List<String> FORBIDDEN =
      List.of("internal.istio.io/parents", "internal.istio.io/parent-namespace");

  private ObjectCheck() {}

  /// What Istio's webhook would say.
  public static Complaints check(ConfigObject object) {
    Complaints complaints = new Complaints();
    if (!Rule.istio(object.apiVersion())
        && !object.apiVersion().startsWith("telemetry.istio.io/")) {
      return complaints;
    }
    SpecNode spec = Rule.of(object, new Problems()).spec();
    annotations(object, spec, complaints);
    if (!complaints.none()) {
      return complaints;
    }
    switch (object.kind()) {
      case "VirtualService" -> VirtualServiceCheck.check(object, spec, complaints);
      case "DestinationRule" -> DestinationRuleCheck.check(object, spec, complaints);
      case "Gateway" -> GatewayCheck.check(object, spec, complaints);
      case "ServiceEntry" -> ServiceEntryCheck.check(object, spec, complaints);
      case "WorkloadEntry" -> WorkloadEntryCheck.check(spec, null, true, complaints);
      case "Sidecar" -> SidecarCheck.check(object, spec, complaints);
      case "AuthorizationPolicy" -> AuthorizationPolicyCheck.check(object, spec, complaints);
      case "PeerAuthentication" -> AuthenticationCheck.peer(spec, complaints);
      case "RequestAuthentication" -> AuthenticationCheck.request(spec, complaints);
      case "Telemetry" -> TelemetryCheck.check(spec, complaints);
      default -> {}
    }
    return complaints;
  }

  private static void annotations(ConfigObject object, SpecNode spec, Complaints complaints) {
    String dryRun = object.annotations().get(DRY_RUN);
    String name = object.namespace() + "/" + object.name();
    if (dryRun != null && !object.kind().equals("AuthorizationPolicy")) {
      complaints.add(
          name + " has unsupported annotation " + DRY_RUN + ", please remove the annotation");
    } else if (dryRun != null) {
      String action = spec.at("action").textOr("ALLOW");
      if (!List.of("ALLOW", "DENY").contains(action)) {
        complaints.add(
            "the annotation "
                + DRY_RUN
                + " currently only supports action ALLOW/DENY, found action "
                + action
                + " in "
                + name);
      } else {
        complaints.addIf(
            !TRUE_OR_FALSE.contains(dryRun),
            name
                + " has annotation "
                + DRY_RUN
                + " with invalid value ("
                + dryRun
                + "): strconv.ParseBool: parsing \""
                + dryRun
                + "\": invalid syntax");
      }
    }
    complaints.addIf(
        object.annotations().containsKey("internal.istio.io/webhook-always-reject"),
        "\"internal.istio.io/webhook-always-reject\" annotation found, rejecting");
    for (String forbidden : FORBIDDEN) {
      complaints.addIf(
          object.annotations().containsKey(forbidden),
          "\"" + forbidden + "\" annotation found, this may not be set by users");
    }
  }
}
