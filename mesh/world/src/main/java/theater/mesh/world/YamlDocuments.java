package theater.mesh.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// YAML files as trees. A file may hold several documents.
final class YamlDocuments {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private YamlDocuments() {}

  /// The documents of one file, empty ones left out.
  static List<JsonNode> read(Path file) throws IOException {
    List<JsonNode> result = new ArrayList<>();
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
      while (documents.hasNext()) {
        JsonNode document = documents.next();
        if (document != null && document.isObject()) {
          result.add(document);
        }
      }
    }
    return result;
  }

  /// The only document of a file.
  static JsonNode readOne(Path file) throws IOException {
    List<JsonNode> documents = read(file);
    if (documents.size() != 1) {
      throw new IOException(file + " holds " + documents.size() + " YAML documents; expected one");
    }
    return documents.getFirst();
  }

  /// A file itself, or the YAML files below a folder by name.
  static List<Path> files(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return List.of(place);
    }
    try (Stream<Path> files = Files.walk(place)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
          .sorted()
          .toList();
    }
  }
}
