package theater.mesh.explain.walk;

import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import theater.mesh.explain.Refusals;
import theater.mesh.explain.held.Held;
import theater.mesh.explain.held.Journal;
import theater.mesh.explain.held.Journal.Connected;
import theater.mesh.explain.walk.Explanation.Arrival;
import theater.mesh.explain.walk.Explanation.Branch;
import theater.mesh.explain.walk.Explanation.Check;
import theater.mesh.explain.walk.Explanation.Leg;
import theater.mesh.explain.walk.Explanation.Outcome;
import theater.mesh.explain.walk.Explanation.Refusal;
import theater.mesh.translation.Origin;
import theater.mesh.view.MeshView;
import theater.mesh.view.Proxy;

/// Explains requests, from what the Envoys of one context really have.
public final class Walker {
  private static final int MOST_LEGS = 4;
  private final Journal journal;
  private final EnvoyHosts hosts;
  private final OtherContexts others;
  private final Onward onward;
  private final Clock clock;

  /// Reads from the journal of the context's xDS server.
  public Walker(
      Journal journal, EnvoyHosts hosts, OtherContexts others, Onward onward, Clock clock) {
    this.journal = journal;
    this.hosts = hosts;
    this.others = others;
    this.onward = onward;
    this.clock = clock;
  }

  /// @param from whose request: `api-gateway`, a pod's name, `ingress`
  /// @throws QuestionException when nobody of this name is connected
  public Explanation explain(String url, Question question, String from) {
    MeshView view = view();
    Callers callers = new Callers(journal, view.context());
    List<Leg> legs = new ArrayList<>();
    List<Connected> named = callers.named(from);
    Optional<Question> next = Optional.of(question);
    while (next.isPresent() && legs.size() < MOST_LEGS) {
      Leg leg = leg(named, next.get(), view, callers);
      legs.add(leg);
      Optional<Connected> server = server(leg, callers);
      Question passed = next.get();
      next = server.flatMap(it -> onward.of(it.proxy().workload(), passed));
      named = server.map(List::of).orElse(List.of());
    }
    return new Explanation(question.method(), url, question.headers(), legs);
  }

  private MeshView view() {
    MeshView view = journal.view();
    if (view == null) {
      throw new QuestionException("the control plane has only begun and knows no objects yet");
    }
    return view;
  }

  /// The sidecar of the program that a request may reach.
  private static Optional<Connected> server(Leg leg, Callers callers) {
    return leg.outcomes().stream()
        .filter(it -> it.by().equals("service"))
        .flatMap(it -> it.where().stream())
        .flatMap(
            pod -> callers.all().stream().filter(it -> Callers.workload(it).name().equals(pod)))
        .findFirst();
  }

  private Leg leg(List<Connected> named, Question question, MeshView view, Callers callers) {
    Held caller = callers.held(named.getFirst());
    Dial.Reached reached = new Dial(view, caller).reach(question.host(), question.port());
    LegDraft draft = new LegDraft(caller, named, reached.address());
    if (reached.listener() == null) {
      return draft.ends(Outcomes.certain("program", 0, "", reached.reason()));
    }
    draft.listener = reached.listener().getName();
    Branches branches =
        new Branches(
            caller,
            new Targets(view, caller, hosts),
            new Arrivals(callers::at, others, identity(caller.proxy(), view), clock.instant()));
    Filter filter = filter(reached.listener());
    if (filter.getTypedConfig().is(TcpProxy.class)) {
      TcpProxy tcp = Held.unpack(filter.getTypedConfig(), TcpProxy.class);
      draft.branches = tcp(tcp, branches, question);
      return draft.ends(Outcomes.of(LegDraft.NOTHING, draft.branches));
    }
    HttpConnectionManager http = Held.unpack(filter.getTypedConfig(), HttpConnectionManager.class);
    RouteConfiguration routes =
        caller
            .routes(http.getRds().getRouteConfigName())
            .orElse(RouteConfiguration.getDefaultInstance());
    draft.routes = routes.getName();
    Question seen = question.with(question.authority(), Paths.normal(question.path()));
    Optional<VirtualHosts.Chosen> chosen = VirtualHosts.choose(routes, seen.authority());
    if (chosen.isEmpty()) {
      return draft.ends(Outcomes.certain("caller", 404, "NR", "no-host"));
    }
    draft.virtualHost = chosen.get().host().getName();
    draft.domain = chosen.get().domain();
    if (chosen.get().host().getRequireTls() == VirtualHost.TlsRequirementType.ALL) {
      return draft.ends(Outcomes.certain("caller", 301, "-", "https-redirect"));
    }
    return route(draft, chosen.get().host(), seen, view, branches);
  }

  private static Leg route(
      LegDraft draft, VirtualHost host, Question question, MeshView view, Branches branches) {
    RouteWalk walk = new RouteWalk(host, question);
    draft.rules = walk.rules;
    draft.omitted = RouteWalk.omitted(host, view);
    if (walk.taken == null) {
      return draft.ends(Outcomes.certain("caller", 404, "NR", "no-route"));
    }
    draft.action = Actions.of(walk.taken, question);
    if (walk.taken.hasRoute()) {
      Question onTheWay =
          draft.action.rewrite() == null
              ? question
              : question.with(
                  draft.action.rewrite().host().isEmpty()
                      ? question.authority()
                      : draft.action.rewrite().host(),
                  draft.action.rewrite().path().isEmpty()
                      ? question.path()
                      : draft.action.rewrite().path());
      draft.branches =
          branches.of(walk.taken.getRoute(), Origin.of(walk.taken.getMetadata()), onTheWay);
    }
    return draft.ends(Outcomes.of(draft.action, draft.branches));
  }

  private static List<Branch> tcp(TcpProxy tcp, Branches branches, Question question) {
    if (!tcp.hasWeightedClusters()) {
      return List.of(branches.branch(tcp.getCluster(), 100, "", question));
    }
    double total =
        tcp.getWeightedClusters().getClustersList().stream()
            .mapToLong(TcpProxy.WeightedCluster.ClusterWeight::getWeight)
            .sum();
    return tcp.getWeightedClusters().getClustersList().stream()
        .map(it -> branches.branch(it.getName(), 100 * it.getWeight() / total, "", question))
        .toList();
  }

  /// The last filter of the chain that takes plain HTTP.
  private static Filter filter(Listener listener) {
    FilterChain chain =
        listener.getFilterChainsList().stream()
            .filter(it -> !it.getFilterChainMatch().getTransportProtocol().equals("tls"))
            .filter(it -> !it.hasTransportSocket())
            .findFirst()
            .orElse(
                listener.hasDefaultFilterChain()
                    ? listener.getDefaultFilterChain()
                    : listener.getFilterChains(0));
    return chain.getFilters(chain.getFiltersCount() - 1);
  }

  /// What happens to a request that comes to this context's east-west gateway.
  public List<Arrival> arrivals(String sni, String identity, Question question) {
    MeshView view = view();
    Callers callers = new Callers(journal, view.context());
    for (Held gateway : callers.eastWest()) {
      boolean known =
          gateway.listeners().stream()
              .flatMap(it -> it.getFilterChainsList().stream())
              .anyMatch(it -> it.getFilterChainMatch().getServerNamesList().contains(sni));
      if (!known) {
        return List.of(closed(view, "closed", sni));
      }
      var targets =
          gateway
              .cluster(sni)
              .map(it -> new Targets(view, gateway, hosts).of(it).targets())
              .orElse(List.of());
      if (targets.isEmpty()) {
        return List.of(closed(view, "empty", sni));
      }
      Arrivals there = new Arrivals(callers::at, others, identity, clock.instant());
      return targets.stream().map(it -> there.at(it.address(), true, question)).toList();
    }
    return List.of();
  }

  private static Arrival closed(MeshView view, String verdict, String sni) {
    return new Arrival(view.context(), "", verdict, List.of(new Check("gateway", "refused", sni)));
  }

  private static String identity(Proxy proxy, MeshView view) {
    return "spiffe://"
        + view.mesh().trustDomain()
        + "/ns/"
        + proxy.workload().namespace()
        + "/sa/"
        + proxy.workload().serviceAccount();
  }

  /// A leg while it is walked.
  private static final class LegDraft {
    static final Explanation.Action NOTHING =
        new Explanation.Action(
            null, null, null, null, null, null, null, List.of(), List.of(), null, false);
    final Held caller;
    final List<Connected> named;
    final String dialled;
    String listener = "";
    String routes = "";
    String virtualHost = "";
    String domain = "";
    List<Explanation.Rule> rules = List.of();
    List<Explanation.Omitted> omitted = List.of();
    Explanation.Action action;
    List<Branch> branches = List.of();

    LegDraft(Held caller, List<Connected> named, String dialled) {
      this.caller = caller;
      this.named = named;
      this.dialled = dialled;
    }

    Leg ends(List<Outcome> outcomes) {
      var workload = caller.proxy().workload();
      return new Leg(
          new Explanation.Caller(
              caller.proxy().role() == Proxy.Role.INGRESS_GATEWAY
                  ? "ingress"
                  : Callers.app(named.getFirst()),
              workload.context(),
              workload.namespace(),
              workload.name(),
              named.stream().skip(1).map(it -> Callers.workload(it).name()).toList()),
          dialled,
          listener,
          routes,
          virtualHost,
          domain,
          rules,
          omitted,
          action,
          branches,
          caller.refused().stream()
              .map(it ->
                  new Refusal(
                      it.kind().name().toLowerCase(java.util.Locale.ROOT),
                      it.name(),
                      Refusals.reason(it.text()),
                      it.text()))
              .toList(),
          caller.waiting(),
          outcomes);
    }
  }
}
