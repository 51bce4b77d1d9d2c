package theater.laptop.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import theater.laptop.api.discovery.Discovery;
import theater.laptop.api.discovery.OpenApi;
import theater.laptop.api.json.Json;
import theater.laptop.api.status.StatusException;

/// Everything that is no object: discovery, OpenAPI, version, health, and questions about oneself.
record MetaHandler(ReviewHandler reviews, Discovery discovery, OpenApi openApi) {

  /// Whether somebody unknown may ask.
  static boolean open(String path) {
    return List.of("/healthz", "/livez", "/readyz", "/version").contains(path);
  }

  void handle(Exchange exchange) {
    String path =
        exchange.path().length() > 1 && exchange.path().endsWith("/")
            ? exchange.path().substring(0, exchange.path().length() - 1)
            : exchange.path();
    List<String> parts = Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
    if (exchange.method().equals("POST")) {
      reviews.post(exchange, parts);
      return;
    }
    if (!exchange.method().equals("GET")) {
      throw StatusException.noSuchPath();
    }
    switch (parts.isEmpty() ? "" : parts.getFirst()) {
      case "healthz", "livez", "readyz" ->
          exchange.send(200, "text/plain; charset=utf-8", "ok".getBytes(StandardCharsets.US_ASCII));
      case "version" -> exchange.send(200, version());
      case "api", "apis" -> discovery(exchange, parts);
      case "openapi" -> openapi(exchange, parts);
      case "" -> {
        ObjectNode root = Json.object();
        List.of(
                "/api",
                "/api/v1",
                "/apis",
                "/healthz",
                "/livez",
                "/openapi/v2",
                "/openapi/v3",
                "/readyz",
                "/version")
            .forEach(root.putArray("paths")::add);
        exchange.send(200, root);
      }
      default -> throw StatusException.noSuchPath();
    }
  }

  private void discovery(Exchange exchange, List<String> parts) {
    boolean core = parts.getFirst().equals("api");
    if (parts.size() == 1
        && exchange
            .header("Accept")
            .contains("g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")) {
      exchange.send(200, Discovery.AGGREGATED, Json.bytes(discovery.aggregated(core)));
      return;
    }
    ObjectNode answer =
        switch (parts.size()) {
          case 1 -> core ? Discovery.coreVersions() : discovery.groups();
          case 2 -> core ? discovery.resources("", parts.get(1)) : discovery.group(parts.get(1));
          case 3 -> core ? null : discovery.resources(parts.get(1), parts.get(2));
          default -> null;
        };
    found(exchange, answer);
  }

  private void openapi(Exchange exchange, List<String> parts) {
    if (parts.size() == 2 && parts.get(1).equals("v2")) {
      if (!exchange.header("Accept").contains("protobuf")) {
        exchange.send(200, "application/json", openApi.old());
        return;
      }
      exchange.send(
          200,
          "application/com.github.proto-openapi.spec.v2.v1.0+protobuf",
          new byte[] {0x0a, 0x03, '2', '.', '0'});
      return;
    }
    if (parts.size() < 2 || !parts.get(1).equals("v3")) {
      throw StatusException.noSuchPath();
    }
    List<String> rest = parts.subList(2, parts.size());
    if (rest.isEmpty()) {
      exchange.send(200, openApi.index());
    } else if (rest.size() == 2 && rest.getFirst().equals("api")) {
      found(exchange, openApi.document("", rest.get(1)));
    } else {
      found(exchange, rest.size() == 3 ? openApi.document(rest.get(1), rest.get(2)) : null);
    }
  }

  private static void found(Exchange exchange, ObjectNode answer) {
    if (answer == null) {
      throw StatusException.noSuchPath();
    }
    exchange.send(200, answer);
  }

  private static ObjectNode version() {
    ObjectNode version =
        Json.object().put("major", "1").put("minor", "35").put("gitVersion", "v1.35.2+theater");
    version
        .put("gitCommit", "")
        .put("gitTreeState", "clean")
        .put("buildDate", "2026-01-01T00:00:00Z");
    return version
        .put("goVersion", "none")
        .put("compiler", "javac")
        .put("platform", "linux/" + System.getProperty("os.arch"));
  }
}
