package theater.mesh.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import theater.mesh.view.ConfigObject;

/// Istio objects from YAML files. Documents without `kind` (a world, mesh settings) are not objects
/// and are passed over.
final class ConfigFiles {
  private static final Instant UNKNOWN_AGE = Instant.parse("2026-01-01T00:00:00Z");

  private ConfigFiles() {}

  static List<ConfigObject> read(Path place) throws IOException {
    List<ConfigObject> result = new ArrayList<>();
    for (Path file : YamlDocuments.files(place)) {
      for (JsonNode document : YamlDocuments.read(file)) {
        if (mesh(document)) {
          result.add(object(document, file));
        }
      }
    }
    return result;
  }

  private static boolean mesh(JsonNode document) {
    String group = document.path("apiVersion").asText("").split("/")[0];
    return document.hasNonNull("kind")
        && (group.endsWith("istio.io") || group.equals("gateway.networking.k8s.io"));
  }

  static ConfigObject object(JsonNode document, Path file) throws IOException {
    JsonNode metadata = document.path("metadata");
    return new ConfigObject(
        document.path("apiVersion").asText(""),
        document.path("kind").asText(),
        metadata.path("namespace").asText("default"),
        metadata.path("name").asText(""),
        created(metadata.path("creationTimestamp").asText(""), file),
        WorldFile.texts(metadata.path("labels")),
        WorldFile.texts(metadata.path("annotations")),
        document.path("spec"));
  }

  private static Instant created(String text, Path file) throws IOException {
    try {
      return text.isEmpty() || text.equals("null") ? UNKNOWN_AGE : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IOException(
          file
              + ": creationTimestamp is \""
              + text
              + "\"; expected a time such as 2026-01-01T00:00:00Z",
          e);
    }
  }
}
