package theater.laptop.node.usage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import theater.kube.KubeTime;

/// What a node and its pods use, as objects of metrics.k8s.io/v1beta1: `{"node": NodeMetrics,
/// "pods": [PodMetrics…]}`. A node uses what its pods use: it shares the computer with others.
final class UsageFile {
  private static final double SECOND = 1e9;
  private final String node;
  private final Instant time;
  private final long windowNanos;
  private final Map<String, ObjectNode> pods = new LinkedHashMap<>();
  private long nodeCpu;
  private long nodeMemory;

  UsageFile(String node, Instant time, long windowNanos) {
    this.node = node;
    this.time = time;
    this.windowNanos = windowNanos;
  }

  /// @param cpuNanos within the window
  /// @param memory bytes now
  void add(Watched container, long cpuNanos, long memory) {
    long perSecond = Math.round(cpuNanos * SECOND / windowNanos);
    ObjectNode pod =
        pods.computeIfAbsent(
            container.namespace() + "/" + container.pod(),
            key -> metrics("PodMetrics", container.pod(), container.namespace()));
    ObjectNode usage = pod.withArray("containers").addObject().put("name", container.container());
    usage.set("usage", usage(perSecond, memory));
    nodeCpu += perSecond;
    nodeMemory += memory;
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode all = metrics("NodeMetrics", node, "");
    all.set("usage", usage(nodeCpu, nodeMemory));
    json.set("node", all);
    ArrayNode list = json.putArray("pods");
    pods.values().forEach(list::add);
    return json;
  }

  private ObjectNode metrics(String kind, String name, String namespace) {
    ObjectNode metrics =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", kind)
            .put("apiVersion", "metrics.k8s.io/v1beta1");
    ObjectNode metadata = metrics.putObject("metadata").put("name", name);
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    metadata.put("creationTimestamp", KubeTime.text(time));
    return metrics
        .put("timestamp", KubeTime.text(time))
        .put("window", String.format(Locale.ROOT, "%.3fs", windowNanos / SECOND));
  }

  private static ObjectNode usage(long cpu, long memory) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("cpu", cpu + "n")
        .put("memory", memory / 1024 + "Ki");
  }
}
