package theater.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Writes Kubernetes Events about objects, in order, on a thread of its own. An event that repeats
/// within ten minutes raises the count of the one before, which is written every five seconds at
/// most. Events are hints for people: one that cannot be written is dropped.
public final class EventRecorder implements AutoCloseable {
  private static final ResourceType EVENTS = new ResourceType("", "v1", "events", "Event", true);
  private static final int REMEMBERED = 2000;
  private static final Duration SAME = Duration.ofMinutes(10);
  private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(5);

  private final KubeApi api;
  private final String component;
  private final String host;
  private final Clock clock;
  private final ExecutorService writer =
      new ThreadPoolExecutor(
          0,
          1,
          5,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(5000),
          Thread.ofVirtual().name("events").factory(),
          new ThreadPoolExecutor.DiscardPolicy());
  private final Map<String, Written> written =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Written> eldest) {
          return size() > REMEMBERED;
        }
      };

  /// Only the writer's thread uses it.
  private long latest;

  /// @param component who speaks, `kubelet`, `deployment-controller`
  /// @param host the node, or empty
  public EventRecorder(KubeApi api, String component, String host, Clock clock) {
    this.api = api;
    this.component = component;
    this.host = host;
    this.clock = clock;
  }

  public void normal(ResourceType type, JsonNode object, String reason, String message) {
    record(type, object, "", "Normal", reason, message);
  }

  public void warning(ResourceType type, JsonNode object, String reason, String message) {
    record(type, object, "", "Warning", reason, message);
  }

  /// @param fieldPath the part of the object, `spec.containers{redis}`, or empty
  /// @param severity `Normal` or `Warning`
  public void record(
      ResourceType type,
      JsonNode object,
      String fieldPath,
      String severity,
      String reason,
      String message) {
    ObjectNode about = JsonNodeFactory.instance.objectNode().put("kind", type.kind());
    if (!Meta.namespace(object).isEmpty()) {
      about.put("namespace", Meta.namespace(object));
    }
    about
        .put("name", Meta.name(object))
        .put("uid", Meta.uid(object))
        .put("apiVersion", type.apiVersion());
    about.put("resourceVersion", Meta.resourceVersion(object));
    if (!fieldPath.isEmpty()) {
      about.put("fieldPath", fieldPath);
    }
    Instant now = clock.instant();
    writer.execute(() -> write(about, severity, reason, message, now));
  }

  private void write(ObjectNode about, String severity, String reason, String message, Instant at) {
    String key =
        String.join(
            "\n",
            about.path("kind").asText(),
            about.path("uid").asText(),
            about.path("fieldPath").asText(),
            reason,
            message);
    Written before = written.get(key);
    if (before == null || Duration.between(before.last, at).compareTo(SAME) >= 0) {
      create(key, about, severity, reason, message, at);
      return;
    }
    before.count++;
    before.last = at;
    if (!before.counting) {
      before.counting = true;
      Duration pause = Duration.between(at, before.told.plus(BETWEEN_COUNTS));
      CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, writer)
          .execute(() -> count(key, before));
    }
  }

  private void create(
      String key, ObjectNode about, String severity, String reason, String message, Instant at) {
    String now = KubeTime.text(at);
    String namespace = about.path("namespace").asText("default");
    String name = about.path("name").asText() + "." + Long.toHexString(moment(at));
    ObjectNode event =
        JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Event");
    event.putObject("metadata").put("name", name).put("namespace", namespace);
    event.set("involvedObject", about);
    event.put("type", severity).put("reason", reason).put("message", message).put("count", 1);
    event.put("firstTimestamp", now).put("lastTimestamp", now);
    ObjectNode source = event.putObject("source").put("component", component);
    if (!host.isEmpty()) {
      source.put("host", host);
    }
    event.put("reportingComponent", component).put("reportingInstance", host);
    try {
      api.create(EVENTS, event);
      written.put(key, new Written(namespace, name, at));
    } catch (KubeException | KubeUnavailableException e) {
      // Dropped: a namespace that is being deleted, or no API server.
    }
  }

  private void count(String key, Written event) {
    event.counting = false;
    event.told = clock.instant();
    ObjectNode patch =
        JsonNodeFactory.instance
            .objectNode()
            .put("count", event.count)
            .put("lastTimestamp", KubeTime.text(event.last));
    try {
      api.mergePatch(EVENTS, event.namespace, event.name, null, patch);
    } catch (KubeException e) {
      // The event is gone: the next time makes a new one.
      written.remove(key, event);
    } catch (KubeUnavailableException e) {
      // Dropped.
    }
  }

  /// Nanoseconds since 1970, and later than that of the event before: kubectl shows events of one
  /// second in the order of their names.
  private long moment(Instant at) {
    long nanos = TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
    latest = Math.max(latest + 1, nanos);
    return latest;
  }

  @Override
  public void close() {
    writer.shutdownNow();
  }

  /// An event that the server has. Only the writer's thread uses it.
  private static final class Written {
    final String namespace;
    final String name;
    int count = 1;
    Instant last;

    /// When its count was last written.
    Instant told;

    /// Whether its count will be written soon.
    boolean counting;

    Written(String namespace, String name, Instant first) {
      this.namespace = namespace;
      this.name = name;
      this.last = first;
      this.told = first;
    }
  }
}
