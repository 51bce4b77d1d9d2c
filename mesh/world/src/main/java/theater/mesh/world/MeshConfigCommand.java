package theater.mesh.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import theater.mesh.translation.EnvoyConfig;
import theater.mesh.translation.Problem;
import theater.mesh.translation.Translation;
import theater.mesh.translation.advice.Advised;
import theater.mesh.translation.advice.Advisor;
import theater.mesh.translation.advice.Known;
import theater.mesh.view.ConfigObject;
import theater.mesh.view.Credential;
import theater.mesh.view.MeshSettings;
import theater.mesh.view.MeshView;
import theater.mesh.view.Proxy;

/// `theater mesh config`: what an Envoy would get for any YAML. Starts nothing.
public final class MeshConfigCommand {
  private static final String USAGE =
      """
      usage: theater mesh config --world FILE [--config FILE_OR_FOLDER] --proxy NAME
             theater mesh config --world FILE [--config FILE_OR_FOLDER] --names

        --world FILE    contexts, services, workloads and proxies
        --config PLACE  Istio objects and Secrets; a folder may bring its own services.yaml (world) and mesh.yaml (mesh settings)
        --proxy NAME    whose configuration: JSON in the shape of Envoy's /config_dump?include_eds
        --names         whose addresses these are, as JSON
      """;

  private MeshConfigCommand() {}

  /// Runs the command.
  ///
  /// @return 0 when the document was printed (problems in the YAML are told on `err`, one a line),
  ///   1 when a file could not be read, 2 for wrong arguments
  public static int run(List<String> args, PrintStream out, PrintStream err) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < args.size(); i++) {
      String name = args.get(i);
      if (name.equals("--help") || name.equals("-h")) {
        out.print(USAGE);
        return 0;
      } else if (name.equals("--names")) {
        options.put(name, "");
      } else if (List.of("--world", "--config", "--proxy").contains(name) && i + 1 < args.size()) {
        options.put(name, args.get(++i));
      } else {
        err.println(
            "mesh config: cannot use \""
                + name
                + "\""
                + (i + 1 < args.size() ? "" : " without a value"));
        err.print(USAGE);
        return 2;
      }
    }
    if (!options.containsKey("--world")
        || options.containsKey("--names") == options.containsKey("--proxy")) {
      err.println("mesh config: expected --world and one of --proxy and --names");
      err.print(USAGE);
      return 2;
    }
    try {
      return print(options, out, err);
    } catch (IOException e) {
      err.println("mesh config: " + e.getMessage());
      return 1;
    }
  }

  private static int print(Map<String, String> options, PrintStream out, PrintStream err)
      throws IOException {
    Path config =
        options.containsKey("--config") ? existing(Path.of(options.get("--config"))) : null;
    Path own = config == null ? null : config.resolve("services.yaml");
    World world =
        WorldFile.read(
            own != null && Files.exists(own) ? own : existing(Path.of(options.get("--world"))));
    if (options.containsKey("--names")) {
      out.println(
          new ObjectMapper()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(world.names()));
      return 0;
    }
    Proxy proxy = world.proxies().get(options.get("--proxy"));
    if (proxy == null) {
      err.println(
          "mesh config: no proxy is called \""
              + options.get("--proxy")
              + "\"; there are "
              + String.join(", ", world.proxies().keySet()));
      return 2;
    }
    Path meshFile = config == null ? null : config.resolve("mesh.yaml");
    MeshSettings settings =
        meshFile != null && Files.exists(meshFile)
            ? MeshFile.read(meshFile, world.mesh())
            : world.mesh();
    List<ConfigObject> objects = config == null ? List.of() : ConfigFiles.read(config);
    List<Credential> credentials = config == null ? List.of() : SecretFiles.read(config);
    MeshView view = world.view(proxy.workload().context(), settings, objects, credentials);
    EnvoyConfig translated = new Translation().translate(view, proxy);
    out.println(ConfigDumpJson.of(translated));
    for (Problem problem : translated.problems()) {
      err.println(
          problem.severity()
              + " "
              + problem.object()
              + " "
              + problem.field()
              + ": "
              + problem.text());
    }
    // The objects are applied in every context, so no rule is of one context only.
    Known known = Known.of(view, Map.of());
    for (ConfigObject object : objects) {
      for (Advised advised : new Advisor().advise(object, known)) {
        err.println("ADVICE " + advised.object() + " " + advised.line(Locale.getDefault()));
      }
    }
    return 0;
  }

  private static Path existing(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new IOException(path + " does not exist");
    }
    return path;
  }
}
