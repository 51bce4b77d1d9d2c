package theater.mesh.translation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import theater.mesh.translation.memo.Lookup;
import theater.mesh.translation.memo.Memo;
import theater.mesh.translation.memo.Seen;
import theater.mesh.translation.memo.Unit;
import theater.mesh.translation.registry.ServiceRegistry;
import theater.mesh.translation.registry.Services;
import theater.mesh.translation.rule.DestinationRules;
import theater.mesh.translation.rule.PeerAuthentications;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.rule.SidecarScope;
import theater.mesh.translation.rule.VirtualServices;
import theater.mesh.translation.spec.Problems;
import theater.mesh.view.MeshContext;
import theater.mesh.view.MeshSettings;
import theater.mesh.view.MeshView;
import theater.mesh.view.Proxy;
import theater.mesh.view.Service;

/// What one translation works with: the view, the proxy that asks, and where problems go. It is the
/// only way to them, and it notes what each piece of the translation asked: a piece is made anew
/// when an answer to it changed. Ask for little: [#view] and [#proxy] make a piece depend on
/// everything.
public final class Sight {
  private final Memo memo;
  private final Facts facts;
  private final Proxy proxy;
  private final Seen seen;

  Sight(Memo memo, Facts facts, Proxy proxy) {
    this.memo = memo;
    this.facts = facts;
    this.proxy = proxy;
    this.seen = new Seen(facts.seen(Place.of(proxy)));
  }

  /// A piece, made or kept.
  public <T> T make(Unit<T> unit) {
    return memo.make(unit, this, seen);
  }

  /// A piece, made or kept, as an answer.
  public Object answer(Unit<?> unit) {
    return memo.answer(unit, this, seen);
  }

  /// The answer to a question.
  public <T> T ask(Lookup<T> question) {
    return memo.ask(question, this);
  }

  Facts facts() {
    return facts;
  }

  Proxy caller() {
    return proxy;
  }

  /// The whole view.
  public MeshView view() {
    return ask(Asked.VIEW, MeshView.class);
  }

  /// The proxy with all that it tells.
  public Proxy proxy() {
    return ask(Asked.PROXY, Proxy.class);
  }

  /// Mesh-wide settings.
  public MeshSettings mesh() {
    return ask(Asked.MESH, MeshSettings.class);
  }

  /// The context that looks.
  public String viewContext() {
    return ask(Asked.VIEW_CONTEXT, String.class);
  }

  /// The proxy's context.
  public String context() {
    return ask(Asked.CONTEXT, String.class);
  }

  /// The proxy's namespace.
  public String namespace() {
    return ask(Asked.NAMESPACE, String.class);
  }

  /// Whether the proxy is of this namespace.
  public boolean in(String namespace) {
    return ask(new Asked.In(namespace));
  }

  /// Whether the proxy stands beside an application.
  public boolean sidecar() {
    return role() == Proxy.Role.SIDECAR;
  }

  /// What the proxy does.
  public Proxy.Role role() {
    return ask(Asked.ROLE, Proxy.Role.class);
  }

  /// The only network that the proxy looks at, if it is one that does.
  public String network() {
    return ask(Asked.NETWORK, String.class);
  }

  /// The proxy's region, or empty.
  public String region() {
    return ask(Asked.REGION, String.class);
  }

  /// The proxy's zone, or empty.
  public String zone() {
    return ask(Asked.ZONE, String.class);
  }

  /// Whether every call of the application reaches the proxy.
  public boolean redirecting() {
    return ask(Asked.REDIRECTING, Boolean.class);
  }

  /// Whether the proxy's workload has all these labels.
  public boolean labelled(Map<String, String> labels) {
    return labels.isEmpty() || ask(new Asked.Labelled(Map.copyOf(labels)));
  }

  /// Where the proxy takes calls to a service.
  public Optional<String> outbound(Service service) {
    return ask(new Asked.Outbound(service, redirecting()));
  }

  private <T> T ask(Asked question, Class<T> type) {
    return type.cast(ask(question));
  }

  /// All of Istio's objects of a kind, oldest first.
  public List<Rule> rules(String kind) {
    return ask(new Asked.Rules(kind));
  }

  /// VirtualServices with `tcp` or `tls` routes, oldest first.
  public List<Rule> layer4Rules() {
    return ask(new Asked.Layer4Rules());
  }

  /// Services as Kubernetes declares them.
  public Services kubernetes() {
    return ask(new Asked.Kubernetes());
  }

  /// Every context of the mesh.
  public List<MeshContext> contexts() {
    return ask(new Asked.Contexts());
  }

  /// What the proxy imports.
  public ServiceRegistry registry() {
    return new ServiceRegistry(this, true);
  }

  /// Also what it does not import.
  public ServiceRegistry everything() {
    return new ServiceRegistry(this, false);
  }

  /// What the proxy's Sidecar object says.
  public SidecarScope scope() {
    return make(new SidecarScope.Of());
  }

  /// Whether the proxy's Sidecar object leaves nothing out.
  public boolean importsEverything() {
    return scope().everything();
  }

  /// Whether the proxy's Sidecar object imports a port of a host of a namespace.
  public boolean imports(String namespace, String host, int port) {
    return scope().imports(namespace, host, port);
  }

  /// DestinationRules as the proxy sees them.
  public DestinationRules destinationRules() {
    return new DestinationRules(this);
  }

  /// VirtualServices as the proxy sees them.
  public VirtualServices virtualServices() {
    return new VirtualServices(this);
  }

  /// Who takes mTLS.
  public PeerAuthentications peerAuthentications() {
    return new PeerAuthentications(this);
  }

  /// Where problems go.
  public Problems problems() {
    return memo.problems();
  }
}
