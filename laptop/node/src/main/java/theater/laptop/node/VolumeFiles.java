package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import theater.kube.Meta;

/// What the files of a ConfigMap, Secret, projected or downward API volume hold now (Kubernetes:
/// Volume). Pure but for asking tokens.
final class VolumeFiles {
  private final PodPlace place;
  private final NodeConfig config;
  private final Sources sources;
  private final TokenSource tokens;
  private final String certificate;

  /// @param certificate the API server's, in PEM
  VolumeFiles(
      PodPlace place, NodeConfig config, Sources sources, TokenSource tokens, String certificate) {
    this.place = place;
    this.config = config;
    this.sources = sources;
    this.tokens = tokens;
    this.certificate = certificate;
  }

  /// Whether the volume's files are written by the agent.
  static boolean written(JsonNode volume) {
    return volume.has("configMap")
        || volume.has("secret")
        || volume.has("projected")
        || volume.has("downwardAPI");
  }

  /// Whether the pod gets its service account's files.
  static boolean mountsAccount(JsonNode pod) {
    return pod.path("spec").path("automountServiceAccountToken").asBoolean(true);
  }

  /// Names relative to the volume, and bytes.
  ///
  /// @throws ContainerConfigException when something is missing that is not optional
  Map<String, byte[]> of(JsonNode volume) {
    Map<String, byte[]> files = new TreeMap<>();
    if (volume.has("configMap")) {
      object(volume.path("configMap"), "name", false, files);
    } else if (volume.has("secret")) {
      object(volume.path("secret"), "secretName", true, files);
    } else if (volume.has("downwardAPI")) {
      fields(volume.path("downwardAPI"), files);
    }
    for (JsonNode source : volume.path("projected").path("sources")) {
      if (source.has("configMap")) {
        object(source.path("configMap"), "name", false, files);
      } else if (source.has("secret")) {
        object(source.path("secret"), "name", true, files);
      } else if (source.has("downwardAPI")) {
        fields(source.path("downwardAPI"), files);
      } else if (source.has("serviceAccountToken")) {
        files.put(source.path("serviceAccountToken").path("path").asText("token"), bytes(token()));
      }
    }
    return files;
  }

  /// The three files of the service account: `token`, `ca.crt`, `namespace`.
  Map<String, byte[]> account() {
    return Map.of(
        "token",
        bytes(token()),
        "ca.crt",
        bytes(certificate),
        "namespace",
        bytes(Meta.namespace(place.pod())));
  }

  private String token() {
    return tokens.token(
        Meta.namespace(place.pod()),
        place.pod().path("spec").path("serviceAccountName").asText("default"));
  }

  private void object(
      JsonNode reference, String nameField, boolean secret, Map<String, byte[]> files) {
    String name = reference.path(nameField).asText();
    String namespace = Meta.namespace(place.pod());
    Optional<JsonNode> found =
        secret ? sources.secret(namespace, name) : sources.configMap(namespace, name);
    boolean optional = reference.path("optional").asBoolean();
    Map<String, byte[]> data = new TreeMap<>();
    if (found.isPresent()) {
      Meta.texts(found.get().path("data"))
          .forEach((key, value) ->
              data.put(key, secret ? Base64.getDecoder().decode(value) : bytes(value)));
      Meta.texts(found.get().path("binaryData"))
          .forEach((key, value) -> data.put(key, Base64.getDecoder().decode(value)));
    } else if (!secret && name.equals("kube-root-ca.crt")) {
      data.put("ca.crt", bytes(certificate));
    } else if (!optional) {
      throw new ContainerConfigException(
          (secret ? "secret" : "configmap") + " \"" + name + "\" not found");
    }
    if (!reference.has("items")) {
      files.putAll(data);
      return;
    }
    for (JsonNode item : reference.path("items")) {
      byte[] bytes = data.get(item.path("key").asText());
      if (bytes != null) {
        files.put(item.path("path").asText(), bytes);
      } else if (!optional) {
        throw new ContainerConfigException(
            (secret ? "references non-existent secret" : "configmap references non-existent config")
                + " key: "
                + item.path("key").asText());
      }
    }
  }

  private void fields(JsonNode downward, Map<String, byte[]> files) {
    for (JsonNode item : downward.path("items")) {
      String field = item.path("fieldRef").path("fieldPath").asText();
      files.put(
          item.path("path").asText(), bytes(FieldReference.field(place, config.nodeName(), field)));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
