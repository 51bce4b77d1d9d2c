package theater.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/// Many services like the cinema's in two contexts: each has a pod behind a sidecar per context, a
/// VirtualService with weights and a DestinationRule with a subset per context. Ten ports, twenty
/// services a namespace, traffic redirected as on a real cluster.
final class LargeMesh {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PORTS = 10;
  private static final int IN_NAMESPACE = 20;

  private final List<Service> services = new ArrayList<>();
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final List<Namespace> namespaces = new ArrayList<>();
  private final List<ConfigObject> configs = new ArrayList<>();

  /// @param size how many services
  LargeMesh(int size) {
    for (int i = 0; i < size; i++) {
      if (i % IN_NAMESPACE == 0) {
        namespaces.add(new Namespace(namespace(i), Map.of()));
      }
      int port = port(i);
      for (String context : List.of("ctx1", "ctx2")) {
        services.add(
            new Service(
                context,
                namespace(i),
                name(i),
                ip(context.equals("ctx1") ? 100 : 110, i),
                List.of(),
                Map.of(),
                Map.of("app", name(i)),
                List.of(new ServicePort("http-web", port, Integer.toString(port), ""))));
        Workload pod = pod(context, i);
        endpoints.add(
            new Endpoint(context, namespace(i), name(i), "http-web", pod.ip(), port, true, pod));
      }
      configs.add(weights(i, 70));
      configs.add(
          config(
              "DestinationRule",
              i,
              """
              {"host":"%s","trafficPolicy":{"outlierDetection":{"consecutive5xxErrors":2,"interval":"10s","baseEjectionTime":"30s"}},
               "subsets":[{"name":"ctx1","labels":{"cluster":"ctx1"}},{"name":"ctx2","labels":{"cluster":"ctx2"}}]}
              """
                  .formatted(name(i))));
    }
  }

  /// The view now.
  MeshView view() {
    return new MeshView(
        "ctx1",
        MeshSettings.DEFAULT,
        List.of(
            new MeshContext("ctx1", "network1", "10.9.0.1", 15443),
            new MeshContext("ctx2", "network2", "10.9.0.2", 15443)),
        namespaces,
        services,
        endpoints,
        configs);
  }

  /// Changes the weights of one service.
  ///
  /// @param before the view to change, so that all else stays the same objects
  MeshView changed(MeshView before, int service, int first) {
    configs.set(2 * service, weights(service, first));
    return new MeshView(
        before.context(),
        before.mesh(),
        before.contexts(),
        before.namespaces(),
        before.services(),
        before.endpoints(),
        configs);
  }

  /// The sidecar of a service's pod.
  static Proxy sidecar(int service) {
    Workload pod = pod("ctx1", service);
    return new Proxy(
        Proxy.Role.SIDECAR, pod, "network1", Map.of(), new RedirectedAddresses(pod.ip()));
  }

  static Workload pod(String context, int i) {
    return new Workload(
        context,
        namespace(i),
        name(i) + "-" + context,
        ip(context.equals("ctx1") ? 1 : 11, i),
        name(i),
        Map.of("app", name(i), "cluster", context),
        true,
        context,
        "a");
  }

  static int port(int i) {
    return 8080 + i % PORTS;
  }

  private static String name(int i) {
    return "service-" + i;
  }

  private static String namespace(int i) {
    return "team-" + i / IN_NAMESPACE;
  }

  private static String ip(int block, int i) {
    return "10." + (block + i / 62_500) + "." + i / 250 % 250 + "." + (1 + i % 250);
  }

  private static ConfigObject weights(int i, int first) {
    return config(
        "VirtualService",
        i,
        """
        {"hosts":["%1$s"],"http":[
          {"match":[{"headers":{"x-canary":{"exact":"true"}}}],"route":[{"destination":{"host":"%1$s","subset":"ctx2"}}]},
          {"route":[{"destination":{"host":"%1$s","subset":"ctx1"},"weight":%2$d},{"destination":{"host":"%1$s","subset":"ctx2"},"weight":%3$d}]}]}
        """
            .formatted(name(i), first, 100 - first));
  }

  private static ConfigObject config(String kind, int i, String spec) {
    try {
      JsonNode tree = JSON.readTree(spec);
      return new ConfigObject(
          "networking.istio.io/v1",
          kind,
          namespace(i),
          name(i),
          Instant.EPOCH,
          Map.of(),
          Map.of(),
          tree);
    } catch (IOException e) {
      throw new UncheckedIOException(spec, e);
    }
  }
}
