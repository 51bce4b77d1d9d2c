package theater.laptop.cli;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import theater.kube.HttpKubeApi;
import theater.kube.KubeApi;
import theater.kube.Kubeconfig;
import theater.kube.ResourceType;
import theater.laptop.api.ApiServer;
import theater.laptop.controllers.Controllers;
import theater.laptop.controllers.Published;
import theater.laptop.plan.AddressPlan;
import theater.mesh.discovery.Discovery;
import theater.mesh.discovery.Surroundings;
import theater.mesh.explain.admin.EnvoyAdmin;
import theater.mesh.explain.held.Journal;
import theater.mesh.explain.walk.Walker;
import theater.mesh.identity.CertificateAuthority;
import theater.mesh.identity.IssuedCertificate;
import theater.mesh.identity.Pem;
import theater.mesh.istiod.IstiodServer;
import theater.mesh.istiod.ProxyLedger;
import theater.mesh.translation.Translation;
import theater.mesh.translation.advice.Known;
import theater.mesh.view.MeshView;
import theater.mesh.xds.Recorders;
import theater.mesh.xds.XdsServer;

/// One context's control plane, wired: the API server first, because everything else and the person
/// wait for it; then controllers, xDS and discovery.
final class ControlPlane implements AutoCloseable {
  private static final int KEPT_CHANGES = 50;
  private static final long KEPT_BYTES = 8 << 20;
  private static final int ENVOY_ADMIN_PORT = 15000;

  private final ApiServer server;
  private final Controllers controllers;
  private final LoadBalancers loadBalancers;
  private final XdsServer xds;
  private final GatewayStatuses statuses;
  private final IstiodServer istiod;
  private final Discovery discovery;

  /// Null until the API server, whose checks ask for it, has begun.
  private volatile Surroundings surroundings;

  ControlPlane(Settings settings, String context) {
    CertificateAuthority authority = CertificateAuthority.open(settings.home().pki());
    server = ApiServer.start(serving(settings, context, authority));
    controllers =
        new Controllers(
                server.api(),
                this::types,
                new Published(authority.rootPem(), settings.plan().apiServerPort(context)))
            .start();
    server.onKinds(controllers::typesChanged);
    controllers.typesChanged();
    loadBalancers = new LoadBalancers(server.api()).start();
    Translation translation = new Translation();
    ProxyLedger ledger = new ProxyLedger(Clock.systemUTC());
    Map<String, KubeApi> contexts = contexts(settings, context);
    WriteLog writes = new WriteLog();
    server.onWrite(writes);
    Journal journal = new Journal(KEPT_CHANGES, KEPT_BYTES, writes, Clock.systemUTC());
    xds =
        new XdsServer(
                settings.home().xdsSocket(context),
                authority.intermediate(context),
                translation::translate,
                new Recorders(List.of(ledger, journal)))
            .start();
    statuses = new GatewayStatuses(server.api(), Clock.systemUTC());
    Istiod pod = new Istiod(server);
    istiod =
        new IstiodServer(
            settings.home().istiodSocket(context),
            settings.home().istiodPagesSocket(context),
            authority.server(Istiod.NAMES),
            ledger,
            pod::trusts,
            pod::name);
    Surroundings around = new Surroundings(context, contexts).start();
    surroundings = around;
    discovery =
        new Discovery(
                context,
                contexts,
                view -> {
                  around.update(view);
                  xds.update(view);
                  statuses.update(view);
                })
            .start();
    server.extend(ControlPlaneApi.PREFIX, new ControlPlaneApi(journal, walker(journal, contexts)));
  }

  private Walker walker(Journal journal, Map<String, KubeApi> contexts) {
    Map<String, HttpKubeApi> others = new LinkedHashMap<>();
    contexts.forEach((name, api) -> {
      if (api instanceof HttpKubeApi other) {
        others.put(name, other);
      }
    });
    return new Walker(
        journal,
        new EnvoyAdmin(ENVOY_ADMIN_PORT),
        new AskedContexts(others),
        new PassedOn(server.api()),
        Clock.systemUTC());
  }

  private Optional<Known> known() {
    Surroundings around = surroundings;
    return around == null ? Optional.empty() : around.known();
  }

  private Optional<MeshView> view() {
    Surroundings around = surroundings;
    return around == null ? Optional.empty() : around.view();
  }

  private Map<String, KubeApi> contexts(Settings settings, String own) {
    Kubeconfig kubeconfig = Kubeconfig.read(settings.home().kubeconfig());
    Map<String, KubeApi> apis = new LinkedHashMap<>();
    for (String context : Contexts.NAMES) {
      apis.put(
          context,
          context.equals(own) ? server.api() : new HttpKubeApi(kubeconfig.context(context)));
    }
    return apis;
  }

  private ApiServer.Config serving(
      Settings settings, String context, CertificateAuthority authority) {
    Messages messages = Messages.in(settings.language());
    IssuedCertificate certificate =
        authority.server(
            List.of(
                "127.0.0.1",
                "localhost",
                "kubernetes",
                "kubernetes.default",
                "kubernetes.default.svc",
                "kubernetes.default.svc.cluster.local"));
    String first = settings.plan().clusterIp(context, AddressPlan.FIRST_SERVICE);
    return new ApiServer.Config(
        context,
        settings.plan().apiServerPort(context),
        Pem.certificates(certificate.chainPem()),
        Pem.key(certificate.keyPem()),
        Pem.certificates(authority.rootPem()).getFirst(),
        settings.home(),
        first.substring(0, first.lastIndexOf('.') + 1),
        AddressPlan.FIRST_SERVICE,
        AddressPlan.LAST_SERVICE,
        List.of(
            new MeshAdmission(settings.language(), this::known),
            new MeshConfigAdmission(messages),
            new IdleKinds(messages),
            new InertFields(messages),
            new DefinitionAdmission(messages),
            new CredentialAdmission(this::view, messages)));
  }

  private List<ResourceType> types() {
    return server.kinds().stream()
        .filter(kind -> !kind.has("measured"))
        .map(kind ->
            new ResourceType(
                kind.group(),
                kind.versions().getFirst(),
                kind.plural(),
                kind.kind(),
                kind.namespaced()))
        .toList();
  }

  @Override
  public void close() {
    discovery.close();
    statuses.close();
    surroundings.close();
    istiod.close();
    xds.close();
    loadBalancers.close();
    controllers.close();
    server.close();
  }
}
