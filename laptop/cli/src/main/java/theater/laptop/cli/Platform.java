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
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xms16m",
            "-Xmx" + heap(arguments[0]),
            "-Xss512k",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    Path cache = settings.build().resolve("platform/" + arguments[0] + ".aot");
    if (Files.exists(cache)) {
      command.add("-XX:AOTCache=" + cache);
    }
    command.add("-Dtheater.home=" + settings.home().root());
    command.add("-Dtheater.root=" + settings.root());
    command.add("-Dtheater.build=" + settings.build());
    command.add("-cp");
    command.add(settings.build().resolve("platform/app.jar").toString());
    command.add("theater.laptop.cli.Main");
    command.addAll(List.of(arguments));
    return command;
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
    environment.put("THEATER_ENGINES", settings.engines().toString());
  }

  private static String heap(String program) {
    return program.equals("supervise") ? "64m" : "128m";
  }
}
