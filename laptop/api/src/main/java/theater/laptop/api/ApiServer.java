package theater.laptop.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import theater.kube.KubeApi;
import theater.laptop.api.admission.Admission;
import theater.laptop.api.admission.AdmissionChain;
import theater.laptop.api.auth.Authenticator;
import theater.laptop.api.auth.BootstrapRoles;
import theater.laptop.api.auth.ServiceAccountTokens;
import theater.laptop.api.auth.User;
import theater.laptop.api.definition.BuiltInDefinitions;
import theater.laptop.api.definition.Definitions;
import theater.laptop.api.establish.DefinitionController;
import theater.laptop.api.fields.FieldManagers;
import theater.laptop.api.http.ApiHandler;
import theater.laptop.api.http.Extension;
import theater.laptop.api.http.Handlers;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.kind.Kinds;
import theater.laptop.api.kind.ServedKinds;
import theater.laptop.api.registry.Deleter;
import theater.laptop.api.registry.EventExpiry;
import theater.laptop.api.registry.Reader;
import theater.laptop.api.registry.WriteOptions;
import theater.laptop.api.registry.Writer;
import theater.laptop.api.schema.CustomValidator;
import theater.laptop.api.schema.FieldDecoder;
import theater.laptop.api.store.ObjectKey;
import theater.laptop.api.store.ObjectStore;
import theater.laptop.api.store.StoreEvent;
import theater.laptop.api.stream.SpdyUpgrader;
import theater.laptop.api.stream.StreamGate;
import theater.laptop.api.stream.WebSocketUpgrader;
import theater.laptop.api.usage.Usage;
import theater.laptop.plan.HomeFolder;
import theater.laptop.schemas.Schemas;

/// The API server of one context: opens its store, listens on 127.0.0.1, and gives the controllers
/// of its process a [KubeApi].
public final class ApiServer implements AutoCloseable {
  private final ObjectStore store;
  private final WebServer server;
  private final KubeApi api;
  private final ServiceAccountTokens tokens;
  private final ApiHandler handler;
  private final ServedKinds kinds = new ServedKinds();
  private final DefinitionController definitions;
  private final EventExpiry expiry;

  /// @param port on 127.0.0.1; 0 for any
  /// @param certificate what it shows, leaf first
  /// @param root signs client certificates; also the `ca.crt` of service accounts
  /// @param servicePrefix first three octets of ClusterIPs with the last dot, `127.1.0.`
  /// @param firstService last octet of the first ClusterIP
  /// @param admissions plugged checks, in order
  public record Config(
      String context,
      int port,
      List<X509Certificate> certificate,
      PrivateKey key,
      X509Certificate root,
      HomeFolder home,
      String servicePrefix,
      int firstService,
      int lastService,
      List<Admission> admissions) {
    public Config {
      certificate = List.copyOf(certificate);
      admissions = List.copyOf(admissions);
      if (firstService < 1 || lastService > 254 || firstService > lastService) {
        throw new IllegalArgumentException(
            "ClusterIPs are "
                + firstService
                + " to "
                + lastService
                + "; expected a range within 1 to 254");
      }
    }

    List<String> clusterIps() {
      return IntStream.rangeClosed(firstService, lastService)
          .mapToObj(last -> servicePrefix + last)
          .toList();
    }
  }

  private ApiServer(Config config) {
    Path folder = config.home().store(config.context());
    store = ObjectStore.open(folder);
    try {
      Schemas schemas = Schemas.load();
      tokens = new ServiceAccountTokens(store, folder, pem(config.root()));
      AdmissionChain admission =
          new AdmissionChain(
              store,
              new CustomValidator(schemas),
              tokens,
              config.clusterIps(),
              config.admissions());
      Writer writer =
          new Writer(store, new FieldDecoder(schemas), admission, new FieldManagers(schemas));
      Reader reader = new Reader(store, new Usage(store, config.home()::usage));
      api = new StoreKubeApi(store, kinds, reader, writer, new Deleter(store));
      first(writer);
      definitions = new DefinitionController(store, kinds).start();
      expiry = new EventExpiry(store, Clock.systemUTC()).start();
      Authenticator authenticator = new Authenticator(config.root(), tokens);
      handler =
          Handlers.of(
              reader,
              schemas,
              kinds,
              writer,
              authenticator,
              tokens,
              (uid, container) -> config.home().log(config.context(), uid, container));
      Tls tls =
          Tls.builder()
              .privateKey(config.key())
              .privateKeyCertChain(config.certificate())
              // Who a certificate makes somebody is decided with the request: what cannot be
              // trusted
              // or is too old is answered, not cut off.
              .trustAll(true)
              .clientAuth(TlsClientAuth.OPTIONAL)
              // PKCS12 would hash a password ten thousand times to hide a key that is at hand.
              .internalKeystoreType("JKS")
              .build();
      StreamGate gate = Handlers.gate(store, authenticator);
      HelidonServices.few();
      server =
          WebServer.builder()
              .addConnectionSelector(
                  Http1ConnectionSelector.builder()
                      .config(Http1Config.create())
                      .addUpgrader(new WebSocketUpgrader(gate, config.home()::nodeSocket))
                      .addUpgrader(new SpdyUpgrader(gate))
                      .build())
              .address(InetAddress.ofLiteral("127.0.0.1"))
              .port(config.port())
              .tls(tls)
              .shutdownHook(false)
              // Small pieces, such as a watch's events, do not wait for the client's
              // acknowledgement.
              .connectionOptions(options -> options.tcpNoDelay(true))
              .routing(routing -> routing.any(handler))
              .build()
              .start();
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /// Starts it. @throws RuntimeException when its store or its port is in use
  public static ApiServer start(Config config) {
    return new ApiServer(config);
  }

  /// The port that it listens on.
  public int port() {
    return server.port();
  }

  /// Whose token it is, `system:serviceaccount:istio-system:default`; empty when it is not good.
  public Optional<String> account(String token) {
    return tokens.check(token).map(User::name);
  }

  /// Answers paths of its own from now on, for whoever may get them.
  ///
  /// @param prefix `/theater/v1/`
  public void extend(String prefix, Extension extension) {
    handler.extend(prefix, extension);
  }

  /// Tells every durable write from now on, in order, before the writer is answered. The listener
  /// must be quick.
  public void onWrite(Consumer<StoreEvent> listener) {
    store.listen(listener);
  }

  /// The kinds that are served now, each once, in its preferred version.
  public List<Kind> kinds() {
    return kinds.preferred();
  }

  /// Tells whenever other kinds are served than before. The listener must be quick.
  public void onKinds(Runnable listener) {
    definitions.listen(listener);
  }

  /// The same API without HTTP, with all rights.
  public KubeApi api() {
    return api;
  }

  private void first(Writer writer) {
    for (String name : List.of("default", "kube-system", "kube-public", "kube-node-lease")) {
      if (store.get(new ObjectKey("namespaces", "", name)) == null) {
        var namespace = Json.object().put("apiVersion", "v1").put("kind", "Namespace");
        namespace.putObject("metadata").put("name", name);
        writer.create(Kinds.of("", "namespaces"), "v1", "", namespace, WriteOptions.QUIET);
      }
    }
    for (ObjectNode definition : BuiltInDefinitions.all()) {
      if (store.get(new ObjectKey(Definitions.KIND.resource(), "", Json.name(definition)))
          == null) {
        writer.create(Definitions.KIND, "v1", "", definition, WriteOptions.QUIET);
      }
    }
    Kind roles = Kinds.of("rbac.authorization.k8s.io", "clusterroles");
    for (ObjectNode role : BootstrapRoles.all()) {
      if (store.get(new ObjectKey(roles.resource(), "", Json.name(role))) == null) {
        writer.create(roles, "v1", "", role, WriteOptions.QUIET);
      }
    }
  }

  private static String pem(X509Certificate certificate) {
    try {
      String text =
          Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
      return "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
    } catch (java.security.cert.CertificateEncodingException e) {
      throw new IllegalArgumentException("the root certificate cannot be encoded", e);
    }
  }

  /// Ends watches, then the server, then the store. What was acknowledged is on disk.
  @Override
  public void close() {
    try {
      definitions.close();
      expiry.close();
      store.close();
    } finally {
      server.stop();
    }
  }
}
