package theater.laptop.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import theater.laptop.plan.HomeFolder;

/// The processes of one instance, found by what only we give a process: the property
/// `theater.home`, the variable `THEATER_HOSTS`, or an Envoy's bootstrap in the instance's folder.
/// A person's shell that merely names the folder is not one of them.
record OwnProcesses(HomeFolder home) {

  /// @param role what it is, for a table: `supervise`, `control-plane ctx1`, or the program's name
  record Own(ProcessId id, String role) {}

  List<Own> all() {
    List<Own> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        long pid = Long.parseLong(process.getFileName().toString());
        String role = pid == ProcessHandle.current().pid() ? null : role(process);
        if (role != null) {
          try {
            found.add(new Own(ProcessId.of(pid), role));
          } catch (java.util.NoSuchElementException e) {
            continue; // It ended meanwhile.
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("/proc cannot be read", e);
    }
    return found;
  }

  private String role(Path process) {
    List<String> command = strings(process.resolve("cmdline"));
    if (command.isEmpty()) {
      return null;
    }
    String program = Path.of(command.getFirst()).getFileName().toString();
    if (command.contains("-Dtheater.home=" + home.root())) {
      int main = command.indexOf("theater.laptop.cli.Main");
      return main < 0 ? program : String.join(" ", command.subList(main + 1, command.size()));
    }
    String folder = home.root() + "/";
    // Redis writes over its command line and environment.
    if (command.getFirst().startsWith(folder + "engines/redis-6.2/redis-server")) {
      return "redis";
    }
    boolean envoy = program.equals("envoy") && command.stream().anyMatch(a -> a.startsWith(folder));
    if (envoy) {
      return program;
    }
    List<String> environment = strings(process.resolve("environ"));
    boolean application =
        environment.stream().anyMatch(variable -> variable.startsWith("THEATER_HOSTS=" + folder));
    return application ? workload(environment, program) : null;
  }

  /// `user-service` of the pod `user-service-5d9c7-x2k4p`.
  private static String workload(List<String> environment, String program) {
    return environment.stream()
        .filter(variable -> variable.startsWith("HOSTNAME="))
        .map(variable -> variable.substring("HOSTNAME=".length()))
        .map(pod -> pod.replaceFirst("-[a-z0-9]+-[a-z0-9]+$", ""))
        .findFirst()
        .orElse(program);
  }

  private static List<String> strings(Path file) {
    try {
      return Arrays.asList(Files.readString(file, StandardCharsets.ISO_8859_1).split("\0"));
    } catch (IOException e) {
      return List.of(); // It ended meanwhile, or belongs to somebody else.
    }
  }
}
