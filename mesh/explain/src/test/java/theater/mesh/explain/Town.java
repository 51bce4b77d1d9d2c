package theater.mesh.explain;

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
import java.util.Optional;
import theater.mesh.view.ConfigObject;
import theater.mesh.view.Endpoint;
import theater.mesh.view.ListenAddresses;
import theater.mesh.view.MeshContext;
import theater.mesh.view.MeshSettings;
import theater.mesh.view.MeshView;
import theater.mesh.view.Namespace;
import theater.mesh.view.Proxy;
import theater.mesh.view.Service;
import theater.mesh.view.ServicePort;
import theater.mesh.view.Workload;

/// Two contexts with a shop in both: two pods of it here, one there, and a front that calls it.
public final class Town {
  public static final String SHOP = "shop.town.svc.cluster.local";
  public static final Workload FRONT = pod("ctx1", "front", 4, "x");
  public static final Workload SHOP_A = pod("ctx1", "shop", 5, "a");
  public static final Workload SHOP_B = pod("ctx1", "shop", 6, "b");
  public static final Workload SHOP_C = pod("ctx2", "shop", 5, "c");

  private Town() {}

  /// With these Istio objects, and shops ready or not.
  public static MeshView view(String yaml, Workload... readyShops) {
    List<Service> services = new ArrayList<>();
    List<Endpoint> endpoints = new ArrayList<>();
    for (String context : List.of("ctx1", "ctx2")) {
      services.add(service(context));
    }
    for (Workload shop : readyShops) {
      endpoints.add(
          new Endpoint(shop.context(), "town", "shop", "http", shop.ip(), 8081, true, shop));
    }
    return new MeshView(
        "ctx1",
        MeshSettings.DEFAULT,
        List.of(
            new MeshContext("ctx1", "network1", "127.1.3.1", 15443),
            new MeshContext("ctx2", "network2", "127.2.3.1", 15443)),
        List.of(new Namespace("town", Map.of())),
        services,
        endpoints,
        objects(yaml));
  }

  public static Proxy sidecar(Workload pod) {
    return new Proxy(Proxy.Role.SIDECAR, pod, "network1", Map.of(), new Loopback(pod));
  }

  private static Service service(String context) {
    return new Service(
        context,
        "town",
        "shop",
        "127." + context.charAt(3) + ".0.12",
        List.of(),
        Map.of(),
        Map.of("app", "shop"),
        List.of(new ServicePort("http", 8081, "8081", "")));
  }

  private static Workload pod(String context, String app, int number, String version) {
    return new Workload(
        context,
        "town",
        app + "-" + version,
        "127." + context.charAt(3) + "." + number + ".1",
        app + "-sa",
        Map.of("app", app, "cluster", context, "version", version),
        true,
        context,
        "1");
  }

  private static List<ConfigObject> objects(String yaml) {
    List<ConfigObject> result = new ArrayList<>();
    try (MappingIterator<JsonNode> documents =
        new ObjectMapper(new YAMLFactory()).readerFor(JsonNode.class).readValues(yaml)) {
      while (documents.hasNext()) {
        JsonNode it = documents.next();
        result.add(
            new ConfigObject(
                it.path("kind").asText().matches("(Virtual|Dest).*")
                    ? "networking.istio.io/v1"
                    : "security.istio.io/v1",
                it.path("kind").asText(),
                "town",
                it.path("name").asText("one"),
                Instant.EPOCH.plusSeconds(result.size()),
                Map.of(),
                Map.of(),
                it.path("spec")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result;
  }

  private record Loopback(Workload pod) implements ListenAddresses {
    @Override
    public Optional<String> outbound(Service service) {
      return service.context().equals(pod.context())
          ? Optional.of(pod.ip().replaceAll("1$", "12"))
          : Optional.empty();
    }

    @Override
    public String inbound() {
      return pod.ip();
    }

    @Override
    public String application() {
      return pod.ip().replaceAll("1$", "2");
    }

    @Override
    public List<String> gateway(int port) {
      return List.of(pod.ip() + ":" + port);
    }
  }
}
