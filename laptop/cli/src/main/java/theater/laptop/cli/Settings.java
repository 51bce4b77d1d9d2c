package theater.laptop.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import theater.laptop.plan.AddressPlan;
import theater.laptop.plan.HomeFolder;

/// What the environment and the `theater` script say about this instance.
///
/// @param root the checkout: `k8s/`, `practice/`, `laptop/preinstalled/`
/// @param build the build in use: `platform/` and `images/`
/// @param engines where fetched engines are kept, shared by all instances
record Settings(
    Path root, Path build, HomeFolder home, AddressPlan plan, Path engines, Locale language) {
  static final String TRAINING = "THEATER_TRAINING";

  static Settings read() {
    return read(System.getenv(), System.getProperty("theater.root"), property("theater.build"));
  }

  static Settings read(Map<String, String> environment, String root, String build) {
    String user = System.getProperty("user.home");
    String home = environment.getOrDefault("THEATER_HOME", "");
    Path cache = Path.of(environment.getOrDefault("XDG_CACHE_HOME", user + "/.cache"));
    String engines = environment.getOrDefault("THEATER_ENGINES", "");
    int instance = instance(environment.getOrDefault("THEATER_INSTANCE", "0"));
    Path checkout = Path.of(root == null ? "" : root).toAbsolutePath();
    return new Settings(
        checkout,
        build == null ? checkout.resolve("target") : Path.of(build),
        new HomeFolder(
            home.isEmpty()
                ? Path.of(user, instance == 0 ? ".theater" : ".theater-" + instance)
                : Path.of(home)),
        new AddressPlan(instance),
        engines.isEmpty() ? cache.resolve("theater/engines") : Path.of(engines).toAbsolutePath(),
        language(environment));
  }

  private static int instance(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("THEATER_INSTANCE is " + text + "; expected 0 to 24", e);
    }
  }

  /// Korean when THEATER_LANG, or else LC_ALL or LANG, begins with `ko`.
  private static Locale language(Map<String, String> environment) {
    for (String name : new String[] {"THEATER_LANG", "LC_ALL", "LANG"}) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return value.startsWith("ko") ? Locale.KOREAN : Locale.ENGLISH;
      }
    }
    return Locale.ENGLISH;
  }

  private static String property(String name) {
    return System.getProperty(name);
  }

  Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  Path images() {
    return build.resolve("images");
  }

  /// The folder of a training, when this is its trial: programs leave their start caches in it.
  Optional<Path> training() {
    return Optional.ofNullable(System.getenv(TRAINING)).map(Path::of);
  }

  /// Links to the engines in use, named as images expect them.
  Path engineLinks() {
    return home.root().resolve("engines");
  }

  /// `localhost:8880`
  String domain() {
    return "localhost:" + plan.ingressPort();
  }

  Path supervisorLog() {
    return home.run().resolve("supervisor.log");
  }

  boolean everStarted() {
    return Files.exists(home.kubeconfig());
  }
}
