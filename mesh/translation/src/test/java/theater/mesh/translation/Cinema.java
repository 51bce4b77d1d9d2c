package theater.mesh.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import theater.mesh.view.ConfigObject;
import theater.mesh.view.Endpoint;
import theater.mesh.view.MeshContext;
import theater.mesh.view.MeshSettings;
import theater.mesh.view.MeshView;
import theater.mesh.view.Namespace;
import theater.mesh.view.Proxy;
import theater.mesh.view.RedirectedAddresses;
import theater.mesh.view.Service;
import theater.mesh.view.ServicePort;
import theater.mesh.view.Workload;

/// A small cinema on two loopback networks: two user-service pods per context, Redis in ctx2, the
/// gateway in ctx1. Addresses as on a laptop.
public final class Cinema {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String NAMESPACE = "theater-msa";

  public static final Workload API_GATEWAY =
      pod("ctx1", NAMESPACE, "api-gateway", 4, "gateway-sa", Map.of("app", "api-gateway"));
  public static final Workload USER_CTX1 =
      pod(
          "ctx1",
          NAMESPACE,
          "user-service-a",
          5,
          "user-sa",
          Map.of("app", "user-service", "cluster", "ctx1", "version", "v1"));
  private static final Workload USER_CTX1_V2 =
      pod(
          "ctx1",
          NAMESPACE,
          "user-service-b",
          6,
          "user-sa",
          Map.of("app", "user-service", "cluster", "ctx1", "version", "v2"));
  private static final Workload USER_CTX2 =
      pod(
          "ctx2",
          NAMESPACE,
          "user-service-c",
          5,
          "user-sa",
          Map.of("app", "user-service", "cluster", "ctx2", "version", "v1"));
  private static final Workload USER_CTX2_V2 =
      pod(
          "ctx2",
          NAMESPACE,
          "user-service-d",
          6,
          "user-sa",
          Map.of("app", "user-service", "cluster", "ctx2", "version", "v2"));
  private static final String REDIRECTED = " redirected";
  private static final Workload REDIS =
      pod("ctx2", NAMESPACE, "redis", 7, "redis-sa", Map.of("app", "redis"));
  private static final Workload INGRESS =
      pod(
          "ctx1",
          "istio-system",
          "istio-ingressgateway",
          2,
          "ingress-sa",
          Map.of("istio", "ingressgateway"));
  private static final Workload EAST_WEST =
      pod(
          "ctx1",
          "istio-system",
          "istio-eastwestgateway",
          3,
          "eastwest-sa",
          Map.of("istio", "eastwestgateway"));

  private Cinema() {}

  /// The proxy of this name: `api-gateway`, `user`, `ingress` or `eastwest`; with ` redirected`
  /// behind it one that every call of its application reaches.
  public static Proxy proxy(String name) {
    return switch (name) {
      case String redirected when redirected.endsWith(REDIRECTED) -> {
        Proxy proxy = proxy(name.substring(0, name.length() - REDIRECTED.length()));
        yield new Proxy(
            proxy.role(),
            proxy.workload(),
            proxy.network(),
            proxy.metadata(),
            new RedirectedAddresses(proxy.workload().ip()));
      }
      case "api-gateway" ->
          new Proxy(
              Proxy.Role.SIDECAR, API_GATEWAY, "network1", Map.of(), new Loopback(API_GATEWAY));
      case "user" ->
          new Proxy(Proxy.Role.SIDECAR, USER_CTX1, "network1", Map.of(), new Loopback(USER_CTX1));
      case "ingress" ->
          new Proxy(
              Proxy.Role.INGRESS_GATEWAY, INGRESS, "network1", Map.of(), new Loopback(INGRESS));
      case "eastwest" ->
          new Proxy(
              Proxy.Role.EAST_WEST_GATEWAY,
              EAST_WEST,
              "network1",
              Map.of(),
              new Loopback(EAST_WEST));
      default ->
          throw new IllegalArgumentException(
              "proxy is \"" + name + "\"; expected api-gateway, user, ingress or eastwest");
    };
  }

  /// The view of ctx1 with these Istio objects.
  public static MeshView view(List<ConfigObject> configs) {
    List<Service> services = new ArrayList<>();
    List<Endpoint> endpoints = new ArrayList<>();
    services.add(
        service(
            "ctx1",
            "istio-system",
            "istio-ingressgateway",
            10,
            Map.of("istio", "ingressgateway"),
            new ServicePort("http2", 80, "8080", "")));
    for (String context : List.of("ctx1", "ctx2")) {
      services.add(
          service(
              context,
              NAMESPACE,
              "user-service",
              12,
              Map.of("app", "user-service"),
              new ServicePort("http-web", 8081, "8081", "")));
      services.add(
          service(
              context,
              NAMESPACE,
              "redis",
              15,
              Map.of("app", "redis"),
              new ServicePort("tcp-redis", 6379, "6379", "")));
    }
    services.add(
        service(
            "ctx1",
            NAMESPACE,
            "api-gateway",
            11,
            Map.of("app", "api-gateway"),
            new ServicePort("http-web", 8080, "8080", "")));
    for (Workload user : List.of(USER_CTX1, USER_CTX1_V2, USER_CTX2, USER_CTX2_V2)) {
      endpoints.add(
          new Endpoint(
              user.context(), NAMESPACE, "user-service", "http-web", user.ip(), 8081, true, user));
    }
    endpoints.add(
        new Endpoint("ctx2", NAMESPACE, "redis", "tcp-redis", REDIS.ip(), 6379, true, REDIS));
    endpoints.add(
        new Endpoint(
            "ctx1",
            NAMESPACE,
            "api-gateway",
            "http-web",
            API_GATEWAY.ip(),
            8080,
            true,
            API_GATEWAY));
    return new MeshView(
        "ctx1",
        MeshSettings.DEFAULT,
        List.of(
            new MeshContext("ctx1", "network1", "127.1.3.1", 15443),
            new MeshContext("ctx2", "network2", "127.2.3.1", 15443)),
        List.of(new Namespace(NAMESPACE, Map.of())),
        services,
        endpoints,
        configs);
  }

  /// What the proxy gets for YAML documents.
  public static EnvoyConfig translate(String proxy, String yaml) {
    MeshView view = DeclaredServices.in(view(objects(yaml)));
    return new Translation()
        .translate(
            new MeshView(
                view.context(),
                settings(yaml),
                view.contexts(),
                view.namespaces(),
                view.services(),
                view.endpoints(),
                view.configs()),
            proxy(proxy));
  }

  /// A document without a kind is a MeshConfig.
  private static MeshSettings settings(String yaml) {
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      return documents.readAll().stream()
          .filter(document -> document.isObject() && !document.has("kind"))
          .findFirst()
          .map(MeshSettings.DEFAULT::with)
          .orElse(MeshSettings.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// YAML documents as objects. Later documents are younger.
  public static List<ConfigObject> objects(String yaml) {
    List<ConfigObject> result = new ArrayList<>();
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      while (documents.hasNext()) {
        JsonNode document = documents.next();
        if (document.hasNonNull("kind")) {
          JsonNode metadata = document.path("metadata");
          Instant created = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(result.size());
          result.add(
              new ConfigObject(
                  document.path("apiVersion").asText(),
                  document.path("kind").asText(),
                  metadata.path("namespace").asText(NAMESPACE),
                  metadata.path("name").asText("unnamed"),
                  created,
                  Map.of(),
                  Map.of(),
                  document.path("spec")));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result;
  }

  private static Service service(
      String context,
      String namespace,
      String name,
      int number,
      Map<String, String> selector,
      ServicePort port) {
    return new Service(
        context,
        namespace,
        name,
        "127." + context.charAt(3) + ".0." + number,
        List.of(),
        Map.of(),
        selector,
        List.of(port));
  }

  private static Workload pod(
      String context,
      String namespace,
      String name,
      int number,
      String account,
      Map<String, String> labels) {
    String region = context.equals("ctx1") ? "ncp-kr" : "nhn-kr";
    return new Workload(
        context,
        namespace,
        name,
        "127." + context.charAt(3) + "." + number + ".1",
        account,
        labels,
        true,
        region,
        "1");
  }
}
