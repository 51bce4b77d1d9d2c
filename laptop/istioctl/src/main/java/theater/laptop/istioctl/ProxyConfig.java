package theater.laptop.istioctl;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import theater.kube.KubeApi;

/// `proxy-config cluster|endpoint|listener|route|secret|bootstrap|log|all [TYPE/]NAME[.NAMESPACE]`.
public final class ProxyConfig {
  /// What can be asked for, and istioctl's short words for it.
  private static final Map<String, String> PARTS =
      Map.ofEntries(
          Map.entry("cluster", "cluster"),
          Map.entry("clusters", "cluster"),
          Map.entry("c", "cluster"),
          Map.entry("endpoint", "endpoint"),
          Map.entry("endpoints", "endpoint"),
          Map.entry("ep", "endpoint"),
          Map.entry("listener", "listener"),
          Map.entry("listeners", "listener"),
          Map.entry("l", "listener"),
          Map.entry("route", "route"),
          Map.entry("routes", "route"),
          Map.entry("r", "route"),
          Map.entry("secret", "secret"),
          Map.entry("secrets", "secret"),
          Map.entry("s", "secret"),
          Map.entry("bootstrap", "bootstrap"),
          Map.entry("b", "bootstrap"),
          Map.entry("log", "log"),
          Map.entry("o", "log"),
          Map.entry("all", "all"),
          Map.entry("a", "all"));

  private static final Set<String> OPTIONS =
      Set.of(
          "output",
          "namespace",
          "fqdn",
          "port",
          "subset",
          "direction",
          "address",
          "type",
          "name",
          "cluster",
          "status",
          "verbose",
          "with-headers",
          "level",
          "reset",
          "context");
  private static final Set<String> FORMATS = Set.of("short", "json", "yaml");

  private final KubeApi api;
  private final Clock clock;
  private final int adminPort;

  /// @param adminPort of every Envoy
  public ProxyConfig(KubeApi api, Clock clock, int adminPort) {
    this.api = api;
    this.clock = clock;
    this.adminPort = adminPort;
  }

  /// The context that `--context` names, or the one to take without it.
  ///
  /// @throws Refusal for words that are not understood
  public static String context(List<String> arguments, String otherwise) {
    return Question.read(arguments, OPTIONS).option("context", otherwise);
  }

  /// What to print.
  ///
  /// @throws Refusal when there is nothing to print
  public String answer(List<String> arguments) {
    Question question = Question.read(arguments, OPTIONS);
    if (question.words().size() != 2) {
      throw new Refusal("istioctl.usage");
    }
    String part = PARTS.get(question.words().getFirst());
    if (part == null) {
      throw new Refusal("istioctl.part", question.words().getFirst());
    }
    String format = question.option("output", part.equals("bootstrap") ? "json" : "short");
    if (!FORMATS.contains(format)) {
      throw new Refusal("istioctl.format", format);
    }
    ProxyPod pod =
        ProxyPod.find(api, question.words().get(1), question.option("namespace", "default"));
    Admin admin = new Admin(pod.ip() + ":" + adminPort);
    Filter filter = new Filter(question.options());
    if (part.equals("log")) {
      return new Loggers(admin).answer(pod, question);
    }
    if (part.equals("endpoint")) {
      JsonNode clusters = admin.json("/clusters?format=json");
      return format.equals("short")
          ? Endpoints.table(clusters, filter).toString()
          : Output.of(Endpoints.array(Endpoints.of(clusters, filter)), format);
    }
    Dump dump = new Dump(admin.json("/config_dump?include_eds"));
    return format.equals("short")
        ? tables(part, dump, filter, question.flag("with-headers"))
        : Output.of(json(part, dump, filter), format);
  }

  private String tables(String part, Dump dump, Filter filter, boolean headers) {
    return switch (part) {
      case "cluster" -> Clusters.table(dump, filter, false).toString();
      case "listener" -> Listeners.table(dump, filter, false).toString();
      case "route" -> Routes.table(dump, filter, false).toString();
      case "secret" -> Secrets.table(dump, clock.instant(), false);
      case "bootstrap" -> Bootstrap.summary(dump);
      default -> all(dump, filter, headers);
    };
  }

  private String all(Dump dump, Filter filter, boolean headers) {
    List<String> parts = new ArrayList<>();
    parts.add(headed("BOOTSTRAP INFO", headers, Bootstrap.summary(dump)));
    parts.add(headed("CLUSTER INFO", headers, Clusters.table(dump, filter, true)));
    parts.add(headed("LISTENER INFO", headers, Listeners.table(dump, filter, true)));
    parts.add(headed("ROUTE INFO", headers, Routes.table(dump, filter, true)));
    parts.add(headed("SECRET INFO", headers, Secrets.table(dump, clock.instant(), true)));
    parts.add(headed("ENDPOINTS INFO", headers, Endpoints.told(dump, filter)));
    return String.join("\n", parts);
  }

  private static String headed(String title, boolean headers, Object text) {
    return headers ? "------ " + title + " ------\n\n" + text : text.toString();
  }

  private static JsonNode json(String part, Dump dump, Filter filter) {
    return switch (part) {
      case "cluster" -> Endpoints.array(Clusters.of(dump, filter));
      case "listener" -> Endpoints.array(Listeners.of(dump, filter));
      case "route" -> Endpoints.array(Routes.of(dump, filter));
      case "secret" -> dump.section("SecretsConfigDump");
      case "bootstrap" -> dump.section("BootstrapConfigDump");
      default -> dump.json();
    };
  }
}
