package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import theater.kube.KubeException;
import theater.kube.KubeUnavailableException;
import theater.kube.Meta;

/// A pod's folder on disk: volumes, service account, names, home. Readable by its owner only.
final class PodFolder {
  private static final Logger LOG = System.getLogger(PodFolder.class.getName());
  private final PodPlace place;
  private static final Duration TOKEN_AGE = Duration.ofMinutes(15);
  private final AgentParts parts;
  private final Set<String> claims = new HashSet<>();
  private String token = "";
  private long askedAt;

  PodFolder(PodPlace place, AgentParts parts) {
    this.place = place;
    this.parts = parts;
  }

  /// Writes what is missing or differs; may be called at any time.
  ///
  /// @throws ContainerConfigException when a ConfigMap, Secret or claim is missing
  void write(JsonNode pod) {
    try {
      Files.createDirectories(place.folder());
      Files.setPosixFilePermissions(place.folder(), PosixFilePermissions.fromString("rwx------"));
      Files.createDirectories(place.homeFolder());
      PodPlace current = new PodPlace(pod, place.podIp(), place.context(), place.home());
      String certificate =
          Files.exists(parts.config().apiServerCa())
              ? Files.readString(parts.config().apiServerCa())
              : "";
      VolumeFiles files =
          new VolumeFiles(current, parts.config(), parts.sources(), this::token, certificate);
      for (JsonNode volume : pod.path("spec").path("volumes")) {
        if (!PodPlace.ofAccount(volume)) {
          volume(files, volume);
        }
      }
      if (VolumeFiles.mountsAccount(pod)) {
        account(files);
      }
      names();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void volume(VolumeFiles files, JsonNode volume) throws IOException {
    Path folder = place.volume(volume);
    String name = volume.path("name").asText();
    if (VolumeFiles.written(volume)) {
      try {
        AtomicFolder.write(folder, files.of(volume));
      } catch (ContainerConfigException e) {
        throw new ContainerConfigException(
            "MountVolume.SetUp failed for volume \"" + name + "\" : " + e.getMessage());
      }
      return;
    }
    String claim = volume.path("persistentVolumeClaim").path("claimName").asText("");
    if (!claim.isEmpty()) {
      claim(folder, claim);
    }
    Files.createDirectories(folder);
  }

  /// Once per pod: what happens to the claim later does not touch a program that runs.
  private void claim(Path folder, String claim) throws IOException {
    Optional<JsonNode> object = parts.sources().claim(Meta.namespace(place.pod()), claim);
    if (object.isEmpty()) {
      throw new ContainerConfigException("persistentvolumeclaim \"" + claim + "\" not found");
    }
    if (claims.add(claim)) {
      ClaimFolder.prepare(folder, object.get().path("metadata").path("uid").asText());
    }
  }

  /// With the server away, files from before are good enough.
  private void account(VolumeFiles files) throws IOException {
    try {
      AtomicFolder.write(place.account(), files.account());
    } catch (KubeUnavailableException | KubeException e) {
      if (!Files.exists(place.account().resolve("token"))) {
        throw e;
      }
    }
  }

  /// Asked again long before it ends.
  private String token(String namespace, String account) {
    if (token.isEmpty() || System.nanoTime() - askedAt > TOKEN_AGE.toNanos()) {
      token = parts.tokens().token(namespace, account);
      askedAt = System.nanoTime();
    }
    return token;
  }

  private void names() throws IOException {
    NamesFile.write(
        place.names(),
        NamesFile.text(place.podIp(), Meta.namespace(place.pod()), parts.sources().services()));
    PodTools.write(place, parts.sources().services());
  }

  static void delete(PodPlace place) {
    try {
      AtomicFolder.delete(place.folder());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} stays: {1}", place.folder(), e.toString());
    }
  }

  /// Folders of pods that are no more.
  ///
  /// @param uids of those that are
  static void deleteOthers(Path folder, Set<String> uids) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> found = Files.list(folder)) {
      for (Path pod :
          found.filter(each -> !uids.contains(each.getFileName().toString())).toList()) {
        AtomicFolder.delete(pod);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0}: leftovers stay: {1}", folder, e.toString());
    }
  }
}
