package theater.mesh.explain.walk;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.rbac.v3.Policy;
import io.envoyproxy.envoy.config.rbac.v3.RBAC.Action;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBACPerRoute;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import theater.mesh.explain.held.Held;
import theater.mesh.explain.walk.Explanation.Arrival;
import theater.mesh.explain.walk.Explanation.Check;
import theater.mesh.view.Workload;

/// What the sidecar of a server does with a request: mTLS or not, token, policies.
final class ServerSide {
  private final Held server;
  private final Instant now;
  private final List<Check> steps = new ArrayList<>();

  /// The CUSTOM policy that the request is about; empty for none.
  private String noted = "";

  ServerSide(Held server, Instant now) {
    this.server = server;
    this.now = now;
  }

  /// @param identity the caller's SPIFFE id; empty when it speaks plaintext
  Arrival arrive(int port, String identity, Question question) {
    Optional<FilterChain> chain = chain(port, !identity.isEmpty());
    String how = identity.isEmpty() ? "plaintext" : "mtls";
    if (chain.isEmpty()) {
      steps.add(new Check(how, "refused", ""));
      return end("closed");
    }
    steps.add(new Check(how, "passed", identity));
    for (Filter filter : chain.get().getFiltersList()) {
      if (filter.getTypedConfig().is(HttpConnectionManager.class)) {
        return http(
            Held.unpack(filter.getTypedConfig(), HttpConnectionManager.class),
            new Visitor(question, identity, port, null));
      }
    }
    return end("in");
  }

  private Optional<FilterChain> chain(int port, boolean tls) {
    String transport = tls ? "tls" : "raw_buffer";
    String address = server.proxy().addresses().inbound();
    return server.listeners().stream()
        .filter(listener -> at(listener, address, port))
        .flatMap(listener -> listener.getFilterChainsList().stream())
        .filter(chain -> chain.getFilterChainMatch().getTransportProtocol().equals(transport))
        .findFirst();
  }

  private static boolean at(Listener listener, String address, int port) {
    return listener.getAddress().getSocketAddress().getAddress().equals(address)
        && listener.getAddress().getSocketAddress().getPortValue() == port;
  }

  private Arrival http(HttpConnectionManager manager, Visitor visitor) {
    RouteConfiguration routes =
        manager.hasRds()
            ? server
                .routes(manager.getRds().getRouteConfigName())
                .orElse(RouteConfiguration.getDefaultInstance())
            : manager.getRouteConfig();
    Visitor known = visitor;
    boolean unknown = false;
    for (HttpFilter filter : manager.getHttpFiltersList()) {
      Any config = filter.getTypedConfig();
      if (config.is(JwtAuthentication.class)) {
        Tokens.Verdict verdict =
            new Tokens(Held.unpack(config, JwtAuthentication.class), visitor.question(), now)
                .verdict();
        if (!verdict.refusal().isEmpty()) {
          steps.add(new Check("jwt", "refused", verdict.refusal()));
          return end("denied");
        }
        known = visitor.with(verdict.claims());
        steps.add(
            new Check(
                "jwt", verdict.claims().isPresent() ? "signature" : "none", verdict.issuer()));
      } else if (config.is(RBAC.class)) {
        Any filled = routes.getTypedPerFilterConfigMap().get(filter.getName());
        RBAC rbac =
            filled == null
                ? Held.unpack(config, RBAC.class)
                : Held.unpack(filled, RBACPerRoute.class).getRbac();
        note(rbac, known);
        Truth passes = policies(rbac, known);
        if (passes == Truth.NO) {
          return end("denied");
        }
        unknown |= passes == Truth.UNKNOWN;
      } else if (config.is(ExtAuthz.class) && !noted.isEmpty()) {
        steps.add(new Check("custom", "unknown", noted));
        unknown = true;
      }
    }
    return end(unknown ? "unknown" : "in");
  }

  /// CUSTOM: rules that only note; whom they fit is asked about at the policy's provider.
  private void note(RBAC rbac, Visitor visitor) {
    if (rbac.getShadowRulesStatPrefix().startsWith("istio_ext_authz_")) {
      rbac.getShadowRules()
          .getPoliciesMap()
          .forEach((name, policy) -> noted = visitor.meets(policy) == Truth.NO ? noted : name);
    }
  }

  private Truth policies(RBAC rbac, Visitor visitor) {
    if (!rbac.hasRules() || rbac.getRules().getAction() == Action.LOG) {
      return Truth.YES;
    }
    boolean deny = rbac.getRules().getAction() == Action.DENY;
    String what = deny ? "deny" : "allow";
    String maybe = "";
    for (Map.Entry<String, Policy> policy :
        new java.util.TreeMap<>(rbac.getRules().getPoliciesMap()).entrySet()) {
      Truth met = visitor.meets(policy.getValue());
      if (met == Truth.YES) {
        steps.add(new Check(what, deny ? "refused" : "passed", policy.getKey()));
        return Truth.of(!deny);
      }
      maybe = met == Truth.UNKNOWN ? policy.getKey() : maybe;
    }
    if (!maybe.isEmpty()) {
      steps.add(new Check(what, "unknown", maybe));
      return Truth.UNKNOWN;
    }
    steps.add(new Check(what, deny ? "passed" : "refused", ""));
    return Truth.of(deny);
  }

  private Arrival end(String verdict) {
    Workload workload = server.proxy().workload();
    return new Arrival(workload.context(), workload.name(), verdict, steps);
  }
}
