package theater.mesh.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import theater.kube.Meta;
import theater.mesh.view.Credential;

/// Secrets that hold something for TLS → Credentials.
final class Credentials {
  private Credentials() {}

  static List<Credential> of(List<ObjectNode> secrets) {
    return secrets.stream()
        .flatMap(secret ->
            Credential.of(Meta.namespace(secret), Meta.name(secret), entries(secret)).stream())
        .sorted(Comparator.comparing(Credential::namespace).thenComparing(Credential::name))
        .toList();
  }

  private static Map<String, String> entries(ObjectNode secret) {
    Map<String, String> result = new HashMap<>();
    Meta.texts(secret.path("data"))
        .forEach((name, encoded) -> {
          try {
            byte[] bytes = Base64.getDecoder().decode(encoded);
            result.put(name, new String(bytes, StandardCharsets.UTF_8));
          } catch (IllegalArgumentException e) {
            result.remove(name); // the API server takes base64 only; another store might not
          }
        });
    return result;
  }
}
