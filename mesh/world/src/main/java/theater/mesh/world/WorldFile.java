package theater.mesh.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import theater.mesh.view.MeshContext;
import theater.mesh.view.MeshSettings;
import theater.mesh.view.Namespace;
import theater.mesh.view.Proxy;
import theater.mesh.view.RedirectedAddresses;
import theater.mesh.view.Service;
import theater.mesh.view.ServicePort;
import theater.mesh.view.Workload;

/// Reads a world: clusters, namespaces, services that select workloads by label, workloads (`plain:
/// true` has no sidecar, `notReady: true` is not ready), proxies.
final class WorldFile {
  private static final int EAST_WEST_PORT = 15443;

  private final JsonNode root;
  private final Path file;

  private WorldFile(JsonNode root, Path file) {
    this.root = root;
    this.file = file;
  }

  static World read(Path file) throws IOException {
    return new WorldFile(YamlDocuments.readOne(file), file).world();
  }

  private World world() throws IOException {
    MeshSettings mesh =
        new MeshSettings(
            root.path("trustDomain").asText("cluster.local"),
            "cluster.local",
            "istio-system",
            false,
            MissingNode.getInstance());
    List<MeshContext> contexts = new ArrayList<>();
    Map<String, JsonNode> clusters = new LinkedHashMap<>();
    for (JsonNode cluster : root.path("clusters")) {
      clusters.put(cluster.path("name").asText(), cluster);
      contexts.add(
          new MeshContext(
              cluster.path("name").asText(),
              cluster.path("network").asText(),
              cluster.path("eastWestAddress").asText(""),
              EAST_WEST_PORT));
    }
    List<Namespace> namespaces = new ArrayList<>();
    root.path("namespaces")
        .forEach(namespace ->
            namespaces.add(
                new Namespace(namespace.path("name").asText(), texts(namespace.path("labels")))));
    List<Service> services = new ArrayList<>();
    for (JsonNode service : root.path("services")) {
      for (String context :
          service.has("clusters")
              ? list(service.path("clusters"))
              : List.copyOf(clusters.keySet())) {
        services.add(service(service, context));
      }
    }
    Map<String, Workload> workloads = new LinkedHashMap<>();
    List<String> notReady = new ArrayList<>();
    for (JsonNode workload : root.path("workloads")) {
      workloads.put(
          workload.path("name").asText(),
          workload(workload, clusters.get(workload.path("cluster").asText())));
      if (workload.path("notReady").asBoolean()) {
        notReady.add(workload.path("name").asText());
      }
    }
    Map<String, Proxy> proxies = new LinkedHashMap<>();
    for (JsonNode proxy : root.path("proxies")) {
      proxies.put(proxy.path("name").asText(), proxy(proxy, workloads, clusters));
    }
    return new World(
        mesh, contexts, namespaces, services, List.copyOf(workloads.values()), notReady, proxies);
  }

  private static Service service(JsonNode service, String context) {
    List<ServicePort> ports = new ArrayList<>();
    for (JsonNode port : service.path("ports")) {
      String number = port.path("number").asText();
      ports.add(
          new ServicePort(
              port.path("name").asText(""),
              port.path("number").asInt(),
              port.path("targetPort").asText(number),
              port.path("appProtocol").asText("")));
    }
    List<String> external =
        service.has("externalIP") ? List.of(service.path("externalIP").asText()) : List.of();
    return new Service(
        context,
        service.path("namespace").asText(),
        service.path("name").asText(),
        service.path("clusterIP").asText("None"),
        external,
        texts(service.path("labels")),
        texts(service.path("selector")),
        ports);
  }

  private Workload workload(JsonNode workload, JsonNode cluster) throws IOException {
    if (cluster == null) {
      throw new IOException(
          file
              + ": workload "
              + workload.path("name").asText()
              + " is in the unknown cluster \""
              + workload.path("cluster").asText()
              + "\"");
    }
    return new Workload(
        workload.path("cluster").asText(),
        workload.path("namespace").asText(),
        workload.path("name").asText(),
        workload.path("ip").asText(),
        workload.path("serviceAccount").asText("default"),
        texts(workload.path("labels")),
        !workload.path("plain").asBoolean(),
        cluster.path("region").asText(),
        cluster.path("zone").asText());
  }

  private Proxy proxy(
      JsonNode proxy, Map<String, Workload> workloads, Map<String, JsonNode> clusters)
      throws IOException {
    Workload workload = workloads.get(proxy.path("workload").asText());
    if (workload == null) {
      throw new IOException(
          file
              + ": proxy "
              + proxy.path("name").asText()
              + " names the unknown workload \""
              + proxy.path("workload").asText()
              + "\"");
    }
    Map<String, String> metadata = texts(proxy.path("metadata"));
    Proxy.Role role =
        metadata.getOrDefault("ROUTER_MODE", "").equals("sni-dnat")
            ? Proxy.Role.EAST_WEST_GATEWAY
            : proxy.path("type").asText("").equals("router")
                ? Proxy.Role.INGRESS_GATEWAY
                : Proxy.Role.SIDECAR;
    String network =
        metadata.getOrDefault(
            "REQUESTED_NETWORK_VIEW", clusters.get(workload.context()).path("network").asText());
    return new Proxy(role, workload, network, metadata, new RedirectedAddresses(workload.ip()));
  }

  static Map<String, String> texts(JsonNode map) {
    Map<String, String> result = new LinkedHashMap<>();
    map.fieldNames().forEachRemaining(name -> result.put(name, map.path(name).asText()));
    return result;
  }

  private static List<String> list(JsonNode values) {
    List<String> result = new ArrayList<>();
    values.forEach(value -> result.add(value.asText()));
    return result;
  }
}
