package theater.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.kube.Connection;
import theater.kube.Credentials;
import theater.kube.HttpKubeApi;
import theater.kube.KubeApi;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;
import theater.laptop.api.ApiServer;
import theater.laptop.plan.HomeFolder;
import theater.mesh.identity.CertificateAuthority;
import theater.mesh.identity.IssuedCertificate;

/// A pod's service account at the laptop's API server: TLS, tokens, and the rights of `rbac.yaml`.
class ApiServerTest {
  private static final String SPACE = "theater-msa";
  private static final ResourceType ROLE = rbac("roles", "Role");
  private static final ResourceType BINDING = rbac("rolebindings", "RoleBinding");

  @TempDir Path folder;
  private CertificateAuthority authority;
  private ApiServer server;
  private KubeContext context;

  @BeforeEach
  void start() throws Exception {
    authority = CertificateAuthority.open(folder.resolve("pki"));
    server = server(0);
    create(ResourceTypes.NAMESPACE, "{metadata: {name: theater-msa}}");
    for (String name : List.of("api-gateway", "nobody")) {
      create(
          ResourceTypes.SERVICE_ACCOUNT,
          "{metadata: {name: NAME, namespace: theater-msa}}".replace("NAME", name));
    }
    create(
        ROLE,
        """
        metadata: {name: theater-reader, namespace: theater-msa}
        rules:
        - {apiGroups: [""], resources: [pods], verbs: [get, list, watch]}
        - {apiGroups: [apps], resources: [deployments], verbs: [get, list, watch]}
        - {apiGroups: [networking.istio.io], resources: [virtualservices, destinationrules], verbs: [get, list, watch]}
        """);
    create(
        BINDING,
        """
        metadata: {name: api-gateway-reads, namespace: theater-msa}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: theater-reader}
        subjects: [{kind: ServiceAccount, name: api-gateway, namespace: theater-msa}]
        """);
  }

  @AfterEach
  void stop() {
    if (context != null) {
      context.close();
    }
    server.close();
  }

  @Test
  void theAccountReadsPodsAndRulesAndFollowsThem() throws Exception {
    open("api-gateway");
    await("known", () -> context.podsUnknown() == null && context.rulesUnknown() == null);
    create(
        ResourceTypes.VIRTUAL_SERVICE,
        "{metadata: {name: v, namespace: theater-msa}, spec: {hosts: [user-service], http: [{route: [{destination: {host: user-service}}]}]}}");
    await("the rule is told", () -> context.virtualServices().size() == 1);
    server.api().delete(ResourceTypes.VIRTUAL_SERVICE, SPACE, "v", null, null);
    await("its end is told", () -> context.virtualServices().isEmpty());
  }

  @Test
  void anAccountWithoutRightsIsToldWhichOneItLacks() throws Exception {
    open("nobody");
    await("refused", () -> String.valueOf(context.podsUnknown()).contains("forbidden"));
    assertThat(context.podsUnknown())
        .startsWith("the API server can not be read: pods is forbidden")
        .contains("system:serviceaccount:theater-msa:nobody");
  }

  @Test
  void aTokenThatIsNoneIsRefusedUntilItsFileIsRenewed() throws Exception {
    Path token = open("api-gateway");
    String good = Files.readString(token);
    context.close();
    Files.writeString(token, "expired");
    context = context(token);
    await("refused", () -> String.valueOf(context.rulesUnknown()).contains("Unauthorized"));
    Files.writeString(token, good);
    await("known", () -> context.rulesUnknown() == null && context.podsUnknown() == null);
  }

  @Test
  void aServerThatRestartsIsFoundAgain() throws Exception {
    open("api-gateway");
    await("known", () -> context.podsUnknown() == null);
    int port = server.port();
    server.close();
    await("unknown", () -> context.podsUnknown() != null);
    assertThat(context.podsUnknown()).contains("got no answer");
    server = server(port);
    await("known again", () -> context.podsUnknown() == null && context.rulesUnknown() == null);
  }

  /// @return the token's file
  private Path open(String account) throws Exception {
    IssuedCertificate admin = authority.client("admin", "system:masters");
    ResourceType tokens =
        new ResourceType("", "v1", "serviceaccounts/" + account + "/token", "TokenRequest", true);
    try (HttpKubeApi api =
        new HttpKubeApi(
            Connection.withCertificate(
                URI.create("https://127.0.0.1:" + server.port()),
                authority.rootPem(),
                admin.chainPem(),
                admin.keyPem()))) {
      ObjectNode request =
          (ObjectNode)
              new YAMLMapper()
                  .readTree(
                      "{apiVersion: authentication.k8s.io/v1, kind: TokenRequest, metadata: {namespace: theater-msa}, spec: {expirationSeconds: 3600}}");
      String token = api.create(tokens, request).at("/status/token").asText();
      assertThat(token).isNotEmpty();
      Path file = Files.writeString(folder.resolve("token"), token);
      context = context(file);
      return file;
    }
  }

  private KubeContext context(Path token) throws Exception {
    Path root = Files.writeString(folder.resolve("ca.crt"), authority.rootPem());
    Credentials credentials =
        Credentials.of(
                Map.of(
                    "KUBERNETES_SERVICE_HOST",
                    "127.0.0.1",
                    "KUBERNETES_SERVICE_PORT",
                    "" + server.port(),
                    "KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN",
                    token.toString(),
                    "KUBERNETES_CERTS_CA_FILE",
                    root.toString()))
            .orElseThrow();
    return KubeContext.open(credentials.connection(), SPACE, () -> {}, () -> {});
  }

  private ApiServer server(int port) throws Exception {
    IssuedCertificate certificate = authority.server(List.of("127.0.0.1"));
    return ApiServer.start(
        new ApiServer.Config(
            "ctx1",
            port,
            certificates(certificate.chainPem()),
            key(certificate.keyPem()),
            certificates(authority.rootPem()).getFirst(),
            new HomeFolder(folder.resolve("home")),
            "127.163.0.",
            10,
            250,
            List.of()));
  }

  private static List<X509Certificate> certificates(String pem) throws Exception {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
        .stream()
        .map(X509Certificate.class::cast)
        .toList();
  }

  private static PrivateKey key(String pem) throws Exception {
    byte[] bytes = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes));
  }

  private void create(ResourceType type, String yaml) throws Exception {
    KubeApi api = server.api();
    ObjectNode object = (ObjectNode) new YAMLMapper().readTree(yaml);
    api.create(type, object.put("apiVersion", type.apiVersion()).put("kind", type.kind()));
  }

  private static ResourceType rbac(String plural, String kind) {
    return new ResourceType("rbac.authorization.k8s.io", "v1", plural, kind, true);
  }

  private static void await(String what, Supplier<Boolean> condition) {
    long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
    while (!condition.get()) {
      assertThat(System.nanoTime()).as("not within 40 s: " + what).isLessThan(end);
      LockSupport.parkNanos(10_000_000);
    }
  }
}
