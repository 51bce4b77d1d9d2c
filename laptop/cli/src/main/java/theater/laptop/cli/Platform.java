package theater.laptop.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How the platform's own Java programs are started: small heaps, one collector thread, a start
/// cache when the build has one.
final class Platform {
  private Platform() {}

  /// @param arguments `supervise`, or `control-plane ctx1`
  static List<String> java(Settings settings, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(settings.java().toString());
    command.addAll(flags(arguments[0]));
    String cache = arguments[0] + ".aot";
    Path made = settings.build().resolve("platform").resolve(cache);
    if (settings.training().isPresent()) {
      // Of two control planes the first is enough.
      if (!List.of(arguments).contains("ctx2")) {
        command.add("-XX:AOTCacheOutput=" + settings.training().get().resolve(cache));
      }
    } else if (Files.exists(made)) {
      command.add("-XX:AOTCache=" + made);
    }
    command.addAll(program(settings, arguments));
    return command;
  }

  /// What comes after the flags.
  static List<String> program(Settings settings, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add("-Dtheater.home=" + settings.home().root());
    words.add("-Dtheater.root=" + settings.root());
    words.add("-Dtheater.build=" + settings.build());
    words.add("-cp");
    words.add(settings.build().resolve("platform/app.jar").toString());
    words.add("theater.laptop.cli.Main");
    words.addAll(List.of(arguments));
    return words;
  }

  /// A cache that is mapped where it was made for needs no private memory and no fixing of its
  /// pointers; what the JVM says of caches is nothing to a person.
  static List<String> flags(String program) {
    return List.of(
        "-XX:+UnlockDiagnosticVMOptions",
        "-XX:ArchiveRelocationMode=0",
        "-Xlog:aot*=off",
        "-Xlog:cds*=off",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-Xms16m",
        // With the course they hold 60 and 20 MB; the rest is for 10,000 objects more: the
        // supervisor's nodes follow ConfigMaps and Secrets.
        "-Xmx" + (program.equals("supervise") ? "256m" : "512m"),
        "-Xss512k",
        "-XX:+ExitOnOutOfMemoryError",
        "-Dstdout.encoding=UTF-8",
        "-Dstderr.encoding=UTF-8",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow");
  }

  /// Only what our programs read: a person's proxies or tokens do not get into the background.
  static void environment(Settings settings, Map<String, String> environment) {
    String path = environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
    String user = environment.getOrDefault("HOME", "/");
    environment.clear();
    environment.put("PATH", path);
    environment.put("HOME", user);
    environment.put("LANG", "C.UTF-8");
    environment.put("THEATER_LANG", settings.language().getLanguage());
    environment.put("THEATER_HOME", settings.home().root().toString());
    environment.put("THEATER_INSTANCE", Integer.toString(settings.plan().instance()));
    settings.training().ifPresent(it -> environment.put(Settings.TRAINING, it.toString()));
    environment.put("THEATER_ENGINES", settings.engines().toString());
  }
}
