package theater.mesh.translation.security;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.envoyproxy.envoy.config.rbac.v3.RBAC.Action;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBACPerRoute;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import theater.mesh.translation.Sight;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.ModelledFields;

/// AuthorizationPolicy as RBAC filters: what somebody else decides (CUSTOM), what is only noted
/// (AUDIT), then what is forbidden (DENY), then what alone is allowed (ALLOW). A policy on a
/// sidecar acts on calls for its application.
public final class AuthorizationPolicies {
  private static final String HTTP = "envoy.filters.http.rbac";
  private static final String TCP = "envoy.filters.network.rbac";
  private static final List<String> ACTIONS = List.of("AUDIT", "DENY", "ALLOW");

  private final List<Rule> policies;
  private final String trustDomain;
  private final CustomAuthorization custom;

  /// For the proxy's own workload.
  public AuthorizationPolicies(Sight sight) {
    policies = WorkloadRules.of(sight, "AuthorizationPolicy");
    custom =
        new CustomAuthorization(
            sight, policies.stream().filter(policy -> action(policy).equals("CUSTOM")).toList());
    trustDomain = sight.mesh().trustDomain();
    for (Rule policy : policies) {
      if (!ACTIONS.contains(action(policy)) && !action(policy).equals("CUSTOM")) {
        policy.spec().at("action").malformed("ALLOW, DENY, AUDIT or CUSTOM");
      }
    }
  }

  /// The fields that have an effect.
  public static ModelledFields modelledFields() {
    List<String> paths = new ArrayList<>(List.of("action", "provider.name"));
    AuthorizationRule.fields().forEach(field -> paths.add("rules[]." + field));
    paths.addAll(WorkloadRules.fields());
    return ModelledFields.of(paths);
  }

  /// Those that ask somebody else (CUSTOM), before tokens are looked at.
  public List<HttpFilter> customHttpFilters() {
    return custom.httpFilters();
  }

  /// Filters with the rules in them.
  public List<HttpFilter> httpFilters() {
    List<HttpFilter> result = new ArrayList<>();
    for (String action : ACTIONS) {
      http(action)
          .ifPresent(rules ->
              result.add(
                  HttpFilter.newBuilder().setName(HTTP).setTypedConfig(Any.pack(rules)).build()));
    }
    return result;
  }

  /// Filters that stand ready and let everything through until routes fill them.
  public static List<HttpFilter> readyFilters() {
    return ACTIONS.stream()
        .map(action ->
            HttpFilter.newBuilder()
                .setName(ready(action))
                .setTypedConfig(
                    Any.pack(
                        io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC
                            .getDefaultInstance()))
                .build())
        .toList();
  }

  /// Fills them: a new policy changes routes, and the listener with its connections stays.
  public void fill(RouteConfiguration.Builder routes) {
    for (String action : ACTIONS) {
      http(action)
          .ifPresent(rules ->
              routes.putTypedPerFilterConfig(
                  ready(action), Any.pack(RBACPerRoute.newBuilder().setRbac(rules).build())));
    }
  }

  /// For TCP connections, which have no HTTP attributes.
  public List<Filter> networkFilters(String statPrefix) {
    List<Filter> result = new ArrayList<>(custom.networkFilters(statPrefix));
    for (String action : ACTIONS) {
      List<Rule> acting = of(action);
      if (!acting.isEmpty()) {
        var filter =
            io.envoyproxy
                .envoy
                .extensions
                .filters
                .network
                .rbac
                .v3
                .RBAC
                .newBuilder()
                .setStatPrefix(statPrefix);
        rules(acting, action, true, false).ifPresent(filter::setRules);
        rules(acting, action, true, true).ifPresent(filter::setShadowRules);
        result.add(
            Filter.newBuilder().setName(TCP).setTypedConfig(Any.pack(filter.build())).build());
      }
    }
    return result;
  }

  private Optional<io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC> http(String action) {
    List<Rule> acting = of(action);
    if (acting.isEmpty()) {
      return Optional.empty();
    }
    var filter = io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC.newBuilder();
    rules(acting, action, false, false).ifPresent(filter::setRules);
    rules(acting, action, false, true).ifPresent(filter::setShadowRules);
    return Optional.of(filter.build());
  }

  private Optional<RBAC> rules(List<Rule> acting, String action, boolean tcp, boolean dry) {
    return new RbacRules(trustDomain, "", tcp, action.equals("ALLOW"))
        .of(
            acting.stream().filter(policy -> RbacRules.dryRun(policy) == dry).toList(),
            switch (action) {
              case "DENY" -> Action.DENY;
              case "AUDIT" -> Action.LOG;
              default -> Action.ALLOW;
            });
  }

  private List<Rule> of(String action) {
    return policies.stream().filter(policy -> action(policy).equals(action)).toList();
  }

  private static String action(Rule policy) {
    return policy.spec().at("action").textOr("ALLOW");
  }

  private static String ready(String action) {
    return HTTP + "." + action.toLowerCase(java.util.Locale.ROOT);
  }
}
