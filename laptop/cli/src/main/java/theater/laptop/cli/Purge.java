package theater.laptop.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import theater.laptop.plan.HomeFolder;

/// Removes an instance's data: only what we made in the folder, whatever else lies there stays.
record Purge(HomeFolder home) {

  static Purge of(HomeFolder home) {
    return new Purge(home);
  }

  void delete() {
    List<Path> ours =
        new ArrayList<>(
            List.of(
                home.run(),
                home.pki(),
                home.kubeconfig(),
                home.instance(),
                home.root().resolve("engines")));
    ours.add(Deployed.file(home, "preinstalled"));
    ours.add(Deployed.file(home, "course"));
    Contexts.NAMES.forEach(context -> ours.add(home.root().resolve(context)));
    ours.forEach(Folders::delete);
    try (Stream<Path> left = Files.list(home.root())) {
      if (left.findAny().isPresent()) {
        return;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(home.root() + " cannot be read", e);
    }
    Folders.delete(home.root());
  }
}
