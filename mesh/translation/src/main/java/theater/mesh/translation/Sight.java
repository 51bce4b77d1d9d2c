package theater.mesh.translation;

import theater.mesh.translation.gatewayapi.GatewayApi;
import theater.mesh.translation.registry.ServiceRegistry;
import theater.mesh.translation.rule.DestinationRules;
import theater.mesh.translation.rule.PeerAuthentications;
import theater.mesh.translation.rule.SidecarScope;
import theater.mesh.translation.rule.VirtualServices;
import theater.mesh.translation.spec.Problems;
import theater.mesh.view.MeshView;
import theater.mesh.view.Proxy;

/// What one translation works with: the view, the proxy that asks, both indexed, and where problems
/// go.
///
/// @param registry what the proxy imports
/// @param everything also what it does not import
public record Sight(
    MeshView view,
    Proxy proxy,
    ServiceRegistry registry,
    ServiceRegistry everything,
    SidecarScope scope,
    DestinationRules destinationRules,
    VirtualServices virtualServices,
    PeerAuthentications peerAuthentications,
    Problems problems) {

  /// Indexes a view for a proxy.
  public static Sight of(MeshView written, Proxy proxy) {
    Problems problems = new Problems();
    MeshView view = GatewayApi.expanded(written, problems);
    ServiceRegistry everything = new ServiceRegistry(view, proxy, problems);
    SidecarScope scope = new SidecarScope(view, proxy, problems);
    return new Sight(
        view,
        proxy,
        everything.only(scope::imports),
        everything,
        scope,
        new DestinationRules(view, proxy, problems),
        new VirtualServices(view, scope, problems),
        new PeerAuthentications(view, problems),
        problems);
  }

  /// Whether the proxy stands beside an application.
  public boolean sidecar() {
    return proxy.role() == Proxy.Role.SIDECAR;
  }
}
