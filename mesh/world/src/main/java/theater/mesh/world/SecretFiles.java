package theater.mesh.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import theater.mesh.view.Credential;

/// Kubernetes Secrets from YAML files, as far as they hold something for TLS.
final class SecretFiles {
  private SecretFiles() {}

  static List<Credential> read(Path place) throws IOException {
    List<Credential> result = new ArrayList<>();
    for (Path file : YamlDocuments.files(place)) {
      for (JsonNode document : YamlDocuments.read(file)) {
        if (document.path("kind").asText("").equals("Secret")
            && document.path("apiVersion").asText("").equals("v1")) {
          JsonNode metadata = document.path("metadata");
          Credential.of(
                  metadata.path("namespace").asText("default"),
                  metadata.path("name").asText(""),
                  entries(document, file))
              .ifPresent(result::add);
        }
      }
    }
    return result;
  }

  private static Map<String, String> entries(JsonNode secret, Path file) throws IOException {
    Map<String, String> result = new HashMap<>();
    for (Map.Entry<String, String> entry : WorldFile.texts(secret.path("data")).entrySet()) {
      try {
        byte[] bytes = Base64.getMimeDecoder().decode(entry.getValue());
        result.put(entry.getKey(), new String(bytes, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ": data." + entry.getKey() + " is no base64", e);
      }
    }
    result.putAll(WorldFile.texts(secret.path("stringData")));
    return result;
  }
}
