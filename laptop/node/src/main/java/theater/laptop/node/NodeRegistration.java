package theater.laptop.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.List;
import theater.kube.KubeApi;
import theater.kube.KubeException;
import theater.kube.KubeTime;
import theater.kube.ResourceTypes;

/// Makes the Node object when there is none, and keeps its status. Its labels belong to whoever
/// changes them.
final class NodeRegistration {
  private final NodeConfig config;
  private final KubeApi api;
  private final Clock clock;

  NodeRegistration(NodeConfig config, KubeApi api, Clock clock) {
    this.config = config;
    this.api = api;
    this.clock = clock;
  }

  /// Throws as [KubeApi] does; to be called again until it has returned.
  void register() {
    try {
      ObjectNode node =
          JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Node");
      ObjectNode labels =
          node.putObject("metadata").put("name", config.nodeName()).putObject("labels");
      labels
          .put("kubernetes.io/hostname", config.nodeName())
          .put("kubernetes.io/os", "linux")
          .put("kubernetes.io/arch", architecture());
      config.nodeLabels().forEach(labels::put);
      node.putObject("spec");
      api.create(ResourceTypes.NODE, node);
    } catch (KubeException e) {
      if (e.code() != 409) {
        throw e;
      }
    }
    heartbeat();
  }

  /// Says that the node is alive.
  void heartbeat() {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.set("status", status());
    api.mergePatch(ResourceTypes.NODE, null, config.nodeName(), "status", patch);
  }

  private ObjectNode status() {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    int processors = Runtime.getRuntime().availableProcessors();
    long memory =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
            .getTotalMemorySize();
    for (String field : List.of("capacity", "allocatable")) {
      status
          .putObject(field)
          .put("cpu", String.valueOf(processors))
          .put("memory", memory / 1024 + "Ki")
          .put("pods", "254");
    }
    ArrayNode conditions = status.putArray("conditions");
    String now = KubeTime.text(clock.instant());
    ready(
        conditions,
        "MemoryPressure",
        "False",
        "KubeletHasSufficientMemory",
        "kubelet has sufficient memory available",
        now);
    ready(
        conditions,
        "DiskPressure",
        "False",
        "KubeletHasNoDiskPressure",
        "kubelet has no disk pressure",
        now);
    ready(
        conditions,
        "Ready",
        "True",
        "KubeletReady",
        "the node agent runs pods as processes of this computer",
        now);
    ArrayNode addresses = status.putArray("addresses");
    addresses.addObject().put("type", "InternalIP").put("address", "127.0.0.1");
    addresses.addObject().put("type", "Hostname").put("address", config.nodeName());
    ObjectNode info = status.putObject("nodeInfo");
    info.put("machineID", "").put("systemUUID", "").put("bootID", "");
    info.put("kernelVersion", System.getProperty("os.version"))
        .put("osImage", System.getProperty("os.name"));
    info.put("containerRuntimeVersion", "theater://1.0")
        .put("kubeletVersion", "v1.35.0-theater")
        .put("kubeProxyVersion", "");
    info.put("operatingSystem", "linux").put("architecture", architecture());
    return status;
  }

  private void ready(
      ArrayNode conditions, String type, String status, String reason, String message, String now) {
    ObjectNode condition = conditions.addObject().put("type", type).put("status", status);
    condition
        .put("lastHeartbeatTime", now)
        .put("lastTransitionTime", since)
        .put("reason", reason)
        .put("message", message);
  }

  private final String since = KubeTime.text(java.time.Instant.now());

  private static String architecture() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
  }
}
