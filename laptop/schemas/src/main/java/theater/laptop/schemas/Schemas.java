package theater.laptop.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/// All schemas of the build. Immutable.
public final class Schemas {
  private static final String FILE = "schemas.json";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private final Map<String, ObjectSchema> objects = new HashMap<>();
  private final Map<String, String> kinds = new HashMap<>();

  private final String fingerprint;

  private Schemas(JsonNode root, String fingerprint) {
    this.fingerprint = fingerprint;
    for (Map.Entry<String, JsonNode> entry : root.path("objects").properties()) {
      objects.put(entry.getKey(), object(entry.getKey(), entry.getValue()));
    }
    for (Map.Entry<String, JsonNode> entry : root.path("kinds").properties()) {
      kinds.put(entry.getKey(), entry.getValue().asText());
    }
  }

  /// Reads the file that the build made. @throws UncheckedIOException when it is missing: the
  /// module was not built
  public static Schemas load() {
    try (InputStream in = Schemas.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IOException(
            "resource theater/laptop/schemas/"
                + FILE
                + " is missing; the build makes it in phase process-classes");
      }
      byte[] bytes = in.readAllBytes();
      CRC32C checksum = new CRC32C();
      checksum.update(bytes);
      return new Schemas(MAPPER.readTree(bytes), Long.toHexString(checksum.getValue()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The schema of a kind, `apps/v1` and `Deployment`; empty when the models know nothing of it.
  public Optional<ObjectSchema> kind(String apiVersion, String kind) {
    return Optional.ofNullable(kinds.get(apiVersion + "/" + kind)).map(objects::get);
  }

  /// Changes when a schema does: for caches.
  public String fingerprint() {
    return fingerprint;
  }

  /// The schema that a [Type.Ref] names.
  public ObjectSchema object(String name) {
    ObjectSchema found = objects.get(name);
    if (found == null) {
      throw new IllegalArgumentException("schema \"" + name + "\" does not exist");
    }
    return found;
  }

  private static ObjectSchema object(String name, JsonNode node) {
    Map<String, Type> fields = new LinkedHashMap<>();
    Map<String, String> mergeKeys = new LinkedHashMap<>();
    List<List<String>> alternatives = new ArrayList<>();
    node.path("fields")
        .properties()
        .forEach(e -> fields.put(e.getKey(), Type.parse(e.getValue().asText())));
    node.path("mergeKeys")
        .properties()
        .forEach(e -> mergeKeys.put(e.getKey(), e.getValue().asText()));
    node.path("alternatives").forEach(group -> alternatives.add(texts(group)));
    Map<String, Limits> limits = new LinkedHashMap<>();
    node.path("limits")
        .properties()
        .forEach(e -> limits.put(e.getKey(), MAPPER.convertValue(e.getValue(), Limits.class)));
    return new ObjectSchema(
        name, fields, texts(node.path("required")), mergeKeys, alternatives, limits);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /// The file's form of one schema; the reading side is above.
  public static ObjectNode write(ObjectSchema schema, ObjectMapper mapper) {
    ObjectNode node = mapper.createObjectNode();
    ObjectNode fields = node.putObject("fields");
    schema.fields().forEach((name, type) -> fields.put(name, type.toString()));
    if (!schema.required().isEmpty()) {
      node.set("required", mapper.valueToTree(schema.required()));
    }
    if (!schema.mergeKeys().isEmpty()) {
      node.set("mergeKeys", mapper.valueToTree(schema.mergeKeys()));
    }
    if (!schema.alternatives().isEmpty()) {
      node.set("alternatives", mapper.valueToTree(schema.alternatives()));
    }
    if (!schema.limits().isEmpty()) {
      node.set("limits", mapper.valueToTree(schema.limits()));
    }
    return node;
  }
}
