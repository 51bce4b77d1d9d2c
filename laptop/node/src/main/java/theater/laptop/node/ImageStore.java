package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import theater.kube.Meta;

/// Images as folders: `…/user-service:v1` is `IMAGES/user-service/v1/image.json` (last path
/// segment, then tag; no tag is `latest`). `${java}`, `${image}`, `${names}` and `${engines}` in it
/// are replaced.
///
/// @param images folder of the images
/// @param java the java program
/// @param names jar of laptop-names
/// @param engines folder of Envoy, Redis and kubectl
public record ImageStore(Path images, Path java, Path names, Path engines) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// @throws ImagePullException when there is no such image; says what there is
  public Image image(String reference) {
    String last = reference.substring(reference.lastIndexOf('/') + 1).replaceFirst("@.*", "");
    int colon = last.indexOf(':');
    String name = colon < 0 ? last : last.substring(0, colon);
    String tag = colon < 0 ? "latest" : last.substring(colon + 1);
    if (!name.matches("[a-z0-9][a-z0-9._-]*") || !tag.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
      throw new ImagePullException(
          ImagePullException.INVALID_NAME,
          "Failed to apply default image tag \""
              + reference
              + "\": couldn't parse image name \""
              + reference
              + "\": invalid reference format: expected REGISTRY/NAME:TAG in lower case");
    }
    Path folder = images.resolve(name).resolve(tag);
    Path description = folder.resolve("image.json");
    if (!Files.isRegularFile(description)) {
      throw new ImagePullException(
          "ErrImagePull",
          "failed to pull image \""
              + reference
              + "\": not found in the image store "
              + images
              + "; "
              + choices(name));
    }
    try {
      return read(reference, folder, JSON.readTree(description.toFile()));
    } catch (IOException e) {
      throw new ImagePullException(
          "ErrImagePull",
          "failed to pull image \"" + reference + "\": " + description + ": " + e.getMessage());
    }
  }

  private Image read(String reference, Path folder, JsonNode json) {
    Map<String, String> env = new LinkedHashMap<>();
    Meta.texts(json.path("env")).forEach((name, value) -> env.put(name, resolved(value, folder)));
    return new Image(
        reference,
        folder,
        texts(json.path("command"), folder),
        texts(json.path("args"), folder),
        env);
  }

  private List<String> texts(JsonNode list, Path folder) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(resolved(text.asText(), folder)));
    return texts;
  }

  private String resolved(String text, Path folder) {
    return text.replace("${java}", java.toString())
        .replace("${image}", folder.toString())
        .replace("${names}", names.toString())
        .replace("${engines}", engines.toString());
  }

  private String choices(String name) {
    Map<String, String> found = new TreeMap<>();
    Path parent = Files.isDirectory(images.resolve(name)) ? images.resolve(name) : images;
    try (Stream<Path> folders = Files.list(parent)) {
      folders.forEach(folder -> found.put(folder.getFileName().toString(), ""));
    } catch (IOException e) {
      return "the store cannot be read: " + e;
    }
    return (parent.equals(images) ? "images there: " : "tags there: ")
        + String.join(", ", found.keySet());
  }
}
