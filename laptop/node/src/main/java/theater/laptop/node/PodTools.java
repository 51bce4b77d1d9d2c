package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import theater.kube.Meta;
import theater.laptop.plan.AddressPlan;

/// What lets `curl` and `wget` in a pod find the cluster's services, through the pod's own sidecar:
/// curl by its configuration file in the pod's home, wget by a script before it on the PATH. Other
/// programs know the computer's names only. `hostname` is the pod's.
final class PodTools {
  /// Ports of the sidecar: admin, agent, health, statistics.
  private static final List<Integer> SIDECAR = List.of(15000, 15020, 15021, 15090);

  private PodTools() {}

  /// The PATH of a program that is started in a container.
  static String path(PodPlace place, JsonNode container, String path) {
    Path tools = place.tools();
    String own = PodPlace.isProxy(container) ? tools.resolve("proxy") + ":" : "";
    return own + tools + ":" + path;
  }

  /// Writes what differs.
  static void write(PodPlace place, Iterable<? extends JsonNode> services) throws IOException {
    Path tools = Files.createDirectories(place.tools());
    Files.createDirectories(tools.resolve("proxy"));
    script("wget", tools.resolve("wget"));
    script("hostname", tools.resolve("hostname"));
    script("pilot-agent", tools.resolve("proxy/pilot-agent"));
    Map<String, String> names = names(place, services);
    NamesFile.write(tools.resolve("names"), lines(names, "%s %s"));
    NamesFile.write(
        place.homeFolder().resolve(".curlrc"),
        "# Names of the cluster's services; kept current.\n"
            + names.entrySet().stream()
                .map(name -> connection(name.getKey(), name.getValue()))
                .collect(Collectors.joining()));
  }

  private static String lines(Map<String, String> names, String form) {
    return names.entrySet().stream()
        .map(name -> form.formatted(name.getKey(), name.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  private static String connection(String name, String address) {
    int colon = name.indexOf(':');
    String host = colon < 0 ? name : name.substring(0, colon);
    String port = colon < 0 ? "" : name.substring(colon + 1);
    return "connect-to = \"" + host + ":" + port + ":" + address + ":\"\n";
  }

  /// HOST or HOST:PORT → address; the one with a port comes first.
  static Map<String, String> names(PodPlace place, Iterable<? extends JsonNode> services) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String self : List.of("localhost", "127.0.0.1")) {
      SIDECAR.forEach(port -> names.put(self + ":" + port, place.podIp()));
      names.put(self, place.application());
    }
    names.put(Meta.name(place.pod()), place.podIp());
    NamesFile.text(place.podIp(), Meta.namespace(place.pod()), services)
        .lines()
        .map(line -> line.split(" "))
        .forEach(words -> {
          for (int i = 1; i < words.length; i++) {
            names.put(words[i], words[0]);
          }
        });
    for (JsonNode service : services) {
      String clusterIp = service.path("spec").path("clusterIP").asText("");
      if (clusterIp.startsWith("127.")) {
        names.put(clusterIp, AddressPlan.outbound(place.podIp(), clusterIp));
      }
    }
    return names;
  }

  private static void script(String name, Path file) {
    if (Files.exists(file)) {
      return;
    }
    try (InputStream text = PodTools.class.getResourceAsStream("tools/" + name)) {
      Path next = file.resolveSibling(name + ".next");
      Files.write(next, text.readAllBytes());
      Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwx------"));
      Files.move(next, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
