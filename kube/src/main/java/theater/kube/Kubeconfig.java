package theater.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// A kubeconfig file (Kubernetes: clientcmd/api/v1 Config): certificates and keys inline or as
/// files, tokens. Commands and plugins that fetch credentials are not supported.
///
/// @param contexts by name, in the file's order
/// @param current name of the current context, may be empty
public record Kubeconfig(Map<String, Connection> contexts, String current) {

  /// @throws IllegalArgumentException naming the file and what is wrong with it
  public static Kubeconfig read(Path file) {
    try {
      return parse(Files.readString(file), file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new UncheckedIOException("kubeconfig " + file + " cannot be read", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("kubeconfig " + file + ": " + e.getMessage(), e);
    }
  }

  /// @param folder where relative paths start
  static Kubeconfig parse(String text, Path folder) throws IOException {
    // JSON is YAML, too, and is read without loading the YAML library.
    ObjectMapper mapper =
        text.stripLeading().startsWith("{")
            ? new ObjectMapper()
            : new ObjectMapper(new YAMLFactory());
    JsonNode config = mapper.readTree(text);
    Map<String, Connection> contexts = new LinkedHashMap<>();
    for (JsonNode context : config.path("contexts")) {
      JsonNode refs = context.path("context");
      JsonNode cluster =
          named(config.path("clusters"), refs.path("cluster").asText()).path("cluster");
      JsonNode user = named(config.path("users"), refs.path("user").asText()).path("user");
      if (!cluster.path("server").asText().startsWith("http")) {
        throw new IllegalArgumentException(
            "context "
                + context.path("name")
                + " has no cluster with a server; its cluster is "
                + refs.path("cluster"));
      }
      contexts.put(context.path("name").asText(), connection(cluster, user, folder));
    }
    return new Kubeconfig(contexts, config.path("current-context").asText(""));
  }

  /// The connection of a context.
  ///
  /// @throws IllegalArgumentException naming the contexts that exist
  public Connection context(String name) {
    Connection connection = contexts.get(name);
    if (connection == null) {
      throw new IllegalArgumentException(
          "no context \"" + name + "\" in the kubeconfig; it has " + contexts.keySet());
    }
    return connection;
  }

  private static Connection connection(JsonNode cluster, JsonNode user, Path folder)
      throws IOException {
    String tokenFile = user.path("tokenFile").asText(null);
    return new Connection(
        URI.create(cluster.path("server").asText()),
        pem(cluster, "certificate-authority", folder),
        pem(user, "client-certificate", folder),
        pem(user, "client-key", folder),
        user.path("token").asText(null),
        tokenFile == null ? null : folder.resolve(tokenFile));
  }

  private static String pem(JsonNode node, String field, Path folder) throws IOException {
    if (node.hasNonNull(field + "-data")) {
      return new String(
          Base64.getMimeDecoder().decode(node.path(field + "-data").asText()),
          StandardCharsets.UTF_8);
    }
    return node.hasNonNull(field)
        ? Files.readString(folder.resolve(node.path(field).asText()))
        : null;
  }

  private static JsonNode named(JsonNode list, String name) {
    for (JsonNode entry : list) {
      if (entry.path("name").asText().equals(name)) {
        return entry;
      }
    }
    return list.path("no entry of this name");
  }
}
