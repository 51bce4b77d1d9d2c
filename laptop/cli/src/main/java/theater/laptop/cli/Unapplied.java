package theater.laptop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;

/// Objects of a learner's files that are not in force as they are written: a line of such a file is
/// the line of another rule.
///
/// @param inForce all objects of a type that the API server has
record Unapplied(Function<ResourceType, List<ObjectNode>> inForce, Messages messages) {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /// 30 and 30.0 are the same percentage.
  private static final Comparator<JsonNode> VALUES =
      (one, other) ->
          one.isNumber() && other.isNumber()
              ? one.decimalValue().compareTo(other.decimalValue())
              : one.equals(other) ? 0 : 1;

  /// @param name `VirtualService user-service-vs`
  record Written(Path file, String name) {}

  /// @throws CommandException naming the file that cannot be read
  List<Written> in(List<Path> files) {
    List<Written> result = new ArrayList<>();
    for (Path file : files) {
      try (MappingIterator<JsonNode> objects =
          YAML.readerFor(JsonNode.class).readValues(Files.readString(file))) {
        while (objects.hasNext()) {
          JsonNode object = objects.next();
          if (type(object).filter(it -> !applied(it, object)).isPresent()) {
            result.add(new Written(file, object.path("kind").asText() + " " + name(object)));
          }
        }
      } catch (IOException e) {
        throw messages.failure("explain.file", file, e.getMessage());
      }
    }
    return result;
  }

  /// A file need not say the namespace, and may say an older version.
  private boolean applied(ResourceType type, JsonNode object) {
    String namespace = object.at("/metadata/namespace").asText("");
    return inForce.apply(type).stream()
        .filter(it -> name(it).equals(name(object)))
        .filter(
            it -> namespace.isEmpty() || it.at("/metadata/namespace").asText().equals(namespace))
        .anyMatch(it -> it.path("spec").equals(VALUES, object.path("spec")));
  }

  private static Optional<ResourceType> type(JsonNode object) {
    String group = object.path("apiVersion").asText().replaceFirst("/.*", "");
    return ResourceTypes.MESH_CONFIG.stream()
        .filter(it -> it.group().equals(group))
        .filter(it -> it.kind().equals(object.path("kind").asText()))
        .findFirst();
  }

  private static String name(JsonNode object) {
    return object.at("/metadata/name").asText();
  }
}
