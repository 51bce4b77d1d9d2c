package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import theater.kube.Meta;
import theater.laptop.plan.AddressPlan;

/// A pod's `THEATER_HOSTS` file: the context's Services at the addresses of this pod's own sidecar.
final class NamesFile {
  private NamesFile() {}

  /// One line per Service with a ClusterIP; in the pod's own namespace the bare name counts, too.
  static String text(String podIp, String namespace, Iterable<? extends JsonNode> services) {
    List<String> lines = new ArrayList<>();
    for (JsonNode service : services) {
      String clusterIp = service.path("spec").path("clusterIP").asText("");
      if (!ofTheMesh(clusterIp)) {
        continue;
      }
      String name = Meta.name(service);
      String full = name + "." + Meta.namespace(service);
      String bare = Meta.namespace(service).equals(namespace) ? name + " " : "";
      lines.add(
          AddressPlan.outbound(podIp, clusterIp)
              + " "
              + bare
              + full
              + " "
              + full
              + ".svc "
              + full
              + ".svc.cluster.local");
    }
    return lines.stream().sorted().map(line -> line + "\n").collect(Collectors.joining());
  }

  /// Whether sidecars listen for the Service with this ClusterIP; `None` is not one.
  static boolean ofTheMesh(String clusterIp) {
    return clusterIp.matches("127\\.\\d+\\.0\\.\\d+");
  }

  /// Replaces the file by a rename, when its text differs.
  static void write(Path file, String text) throws IOException {
    if (Files.exists(file) && Files.readString(file).equals(text)) {
      return;
    }
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.write(next, text.getBytes(StandardCharsets.UTF_8));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
