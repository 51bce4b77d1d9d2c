package theater.laptop.api.usage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.store.ObjectKey;
import theater.laptop.api.store.ObjectStore;

/// PodMetrics and NodeMetrics, from the files that node agents write. Kinds of this sort are not
/// stored: they are read anew for each question.
public final class Usage {
  /// No node tells anything.
  public static final Usage NONE = new Usage(null, name -> Path.of("/nonexistent"));

  /// Older than this, a node is silent.
  private static final Duration SILENT = Duration.ofMinutes(2);

  private final ObjectStore store;
  private final Function<String, Path> file;

  /// @param file of a node's agent
  public Usage(ObjectStore store, Function<String, Path> file) {
    this.store = store;
    this.file = file;
  }

  /// Whether objects of this kind come from here.
  public static boolean measures(Kind kind) {
    return kind.has("measured");
  }

  /// @param namespace null for all
  public List<ObjectNode> list(Kind kind, String namespace) {
    if (store == null) {
      return List.of();
    }
    List<ObjectNode> found = new ArrayList<>();
    for (ObjectNode node : store.list("nodes", null).items()) {
      JsonNode told = told(Json.name(node));
      if (kind.namespaced()) {
        told.path("pods").forEach(pod -> labelled("pods", (ObjectNode) pod, namespace, found));
      } else if (told.path("node") instanceof ObjectNode metrics) {
        labelled("nodes", metrics, null, found);
      }
    }
    found.sort(Comparator.comparing(Json::namespace).thenComparing(Json::name));
    return found;
  }

  /// Adds it with the labels that its pod or node has now, unless that is gone.
  private void labelled(
      String resource, ObjectNode metrics, String namespace, List<ObjectNode> found) {
    if (namespace != null && !Json.namespace(metrics).equals(namespace)) {
      return;
    }
    ObjectNode of = store.get(new ObjectKey(resource, Json.namespace(metrics), Json.name(metrics)));
    if (of != null) {
      JsonNode labels = of.path("metadata").path("labels");
      if (!labels.isEmpty()) {
        Json.metadata(metrics).set("labels", labels);
      }
      found.add(metrics);
    }
  }

  private JsonNode told(String node) {
    try {
      JsonNode told = Json.read(Files.readAllBytes(file.apply(node)));
      Instant time = Instant.parse(told.at("/node/timestamp").asText(Instant.EPOCH.toString()));
      return time.isBefore(Instant.now().minus(SILENT)) ? Json.object() : told;
    } catch (NoSuchFileException e) {
      return Json.object();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
