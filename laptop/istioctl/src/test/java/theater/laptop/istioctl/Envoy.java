package theater.laptop.istioctl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/// What an Envoy's admin interface answered, cut down to a few resources.
final class Envoy {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private Envoy() {}

  static Dump dump() {
    return new Dump(read("config_dump.yaml"));
  }

  static JsonNode clusters() {
    return read("clusters.yaml");
  }

  static Filter filter(String... options) {
    Map<String, String> map = new java.util.HashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      map.put(options[i], options[i + 1]);
    }
    return new Filter(map);
  }

  private static JsonNode read(String name) {
    try (InputStream in = Envoy.class.getResourceAsStream(name)) {
      return YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
