package theater.mesh.translation.security;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.envoyproxy.envoy.config.rbac.v3.RBAC.Action;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.Sight;
import theater.mesh.translation.rule.Rule;

/// AuthorizationPolicy with action CUSTOM: an RBAC filter that only notes which calls the rules are
/// about, and an ext_authz filter that asks the provider about those. A provider that cannot be
/// used, or a second one for the same pod, denies them (Istio's default).
final class CustomAuthorization {
  private static final String RBAC_HTTP = "envoy.filters.http.rbac";
  private static final String RBAC_TCP = "envoy.filters.network.rbac";
  private static final String NOTED = "istio_ext_authz_";
  private static final String DENIED = "-deny-due-to-bad-CUSTOM-action";

  private final ExtAuthzProviders providers;
  private final String trustDomain;
  private final Map<String, List<Rule>> byProvider = new TreeMap<>();

  CustomAuthorization(Sight sight, List<Rule> policies) {
    providers = new ExtAuthzProviders(sight);
    trustDomain = sight.mesh().trustDomain();
    policies.forEach(policy ->
        byProvider
            .computeIfAbsent(
                policy.spec().at("provider", "name").textOr(""), _ -> new ArrayList<>())
            .add(policy));
    if (byProvider.size() > 1) {
      policies.forEach(policy ->
          policy
              .spec()
              .at("provider")
              .problem(
                  Severity.BROKEN_REFERENCE,
                  "a pod has one provider only, here are "
                      + byProvider.keySet()
                      + ": calls that the rules are about are denied"));
    }
  }

  List<HttpFilter> httpFilters() {
    List<HttpFilter> result = new ArrayList<>();
    byProvider.forEach((name, policies) -> {
      Optional<ExtAuthz> provider = usable(name, policies);
      var rbac = io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC.newBuilder();
      if (provider.isEmpty()) {
        rbac.setRules(denied(rules(name, false, policies)));
        result.add(http(RBAC_HTTP, Any.pack(rbac.build())));
        return;
      }
      rules(name, false, acting(policies)).ifPresent(rbac::setShadowRules);
      rbac.setShadowRulesStatPrefix(NOTED);
      result.add(http(RBAC_HTTP, Any.pack(rbac.build())));
      result.add(http(ExtAuthz.HTTP, Any.pack(provider.get().http(noted(RBAC_HTTP, name)))));
    });
    return result;
  }

  List<Filter> networkFilters(String statPrefix) {
    List<Filter> result = new ArrayList<>();
    byProvider.forEach((name, policies) -> {
      Optional<ExtAuthz> provider = usable(name, policies);
      var rbac =
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
      if (provider.isEmpty()) {
        rbac.setRules(denied(rules(name, true, policies)));
        result.add(tcp(RBAC_TCP, Any.pack(rbac.build())));
      } else if (provider.get().grpc()) {
        rules(name, true, acting(policies)).ifPresent(rbac::setShadowRules);
        rbac.setShadowRulesStatPrefix(NOTED);
        result.add(tcp(RBAC_TCP, Any.pack(rbac.build())));
        result.add(
            tcp(ExtAuthz.TCP, Any.pack(provider.get().tcp(statPrefix, noted(RBAC_TCP, name)))));
      }
    });
    return result;
  }

  private Optional<ExtAuthz> usable(String name, List<Rule> policies) {
    return byProvider.size() > 1
        ? Optional.empty()
        : providers.find(name, policies.getFirst().spec().at("provider"));
  }

  /// Policies in dry-run are asked about by nobody.
  private static List<Rule> acting(List<Rule> policies) {
    return policies.stream().filter(policy -> !RbacRules.dryRun(policy)).toList();
  }

  private Optional<RBAC> rules(String provider, boolean tcp, List<Rule> policies) {
    return new RbacRules(trustDomain, prefix(provider), tcp, false).of(policies, Action.DENY);
  }

  private static String prefix(String provider) {
    return "istio-ext-authz-" + (provider.isEmpty() ? "" : provider + "-");
  }

  private static RBAC denied(Optional<RBAC> rules) {
    RBAC.Builder result = RBAC.newBuilder().setAction(Action.DENY);
    rules.ifPresent(some ->
        some.getPoliciesMap().forEach((name, rule) -> result.putPolicies(name + DENIED, rule)));
    return result.build();
  }

  /// Holds when the RBAC filter before has noted one of the provider's rules.
  private static MetadataMatcher noted(String filter, String provider) {
    MetadataMatcher.Builder result = MetadataMatcher.newBuilder().setFilter(filter);
    result.addPathBuilder().setKey(NOTED + "shadow_effective_policy_id");
    result.getValueBuilder().getStringMatchBuilder().setPrefix(prefix(provider));
    return result.build();
  }

  private static HttpFilter http(String name, Any config) {
    return HttpFilter.newBuilder().setName(name).setTypedConfig(config).build();
  }

  private static Filter tcp(String name, Any config) {
    return Filter.newBuilder().setName(name).setTypedConfig(config).build();
  }
}
