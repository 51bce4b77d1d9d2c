package theater.mesh.translation.security;

import io.envoyproxy.envoy.config.rbac.v3.Permission;
import io.envoyproxy.envoy.config.rbac.v3.Policy;
import io.envoyproxy.envoy.config.rbac.v3.Principal;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.envoyproxy.envoy.config.rbac.v3.RBAC.Action;
import java.util.List;
import java.util.Optional;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.SpecNode;

/// The rules of some AuthorizationPolicies as one of Envoy's RBAC rule sets.
///
/// @param prefix before the names of the policies, by which other filters find them
/// @param tcp whether there are no HTTP attributes
/// @param strict whether a rule with an attribute that cannot be told never holds (Istio: ALLOW);
///   otherwise the attribute is dropped
record RbacRules(String trustDomain, String prefix, boolean tcp, boolean strict) {
  private static final Policy NEVER =
      Policy.newBuilder()
          .addPermissions(Permission.newBuilder().setNotRule(Permission.newBuilder().setAny(true)))
          .addPrincipals(Principal.newBuilder().setNotId(Principal.newBuilder().setAny(true)))
          .build();

  /// Empty when there are no policies; policies without rules are rules that never hold.
  Optional<RBAC> of(List<Rule> policies, Action action) {
    if (policies.isEmpty()) {
      return Optional.empty();
    }
    RBAC.Builder result = RBAC.newBuilder().setAction(action);
    for (Rule policy : policies) {
      Principals principals = new Principals(trustDomain, policy.namespace());
      List<SpecNode> rules = policy.spec().at("rules").items();
      for (int i = 0; i < rules.size(); i++) {
        String name = name(policy, i);
        AuthorizationRule.of(rules.get(i), principals, tcp, strict)
            .ifPresent(rule -> result.putPolicies(name, rule));
      }
      if (rules.isEmpty()) {
        result.putPolicies(name(policy, 0), NEVER);
      }
    }
    return Optional.of(result.build());
  }

  private String name(Rule policy, int rule) {
    return prefix
        + "ns["
        + policy.namespace()
        + "]-policy["
        + policy.object().name()
        + "]-rule["
        + rule
        + "]";
  }

  /// Policies with the annotation `istio.io/dry-run` only count.
  static boolean dryRun(Rule policy) {
    return policy
        .object()
        .annotations()
        .getOrDefault("istio.io/dry-run", "")
        .matches("1|t|T|true|TRUE|True");
  }
}
