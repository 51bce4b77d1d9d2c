package theater.laptop.istioctl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import theater.kube.KubeApi;
import theater.kube.Meta;
import theater.kube.ResourceTypes;

/// `proxy-status`: which Envoys are connected to a context's istiod, and what they have taken.
public final class ProxyStatus {
  private static final String SYSTEM = "istio-system";
  private static final int PAGES = 15014;
  private static final Set<String> OPTIONS = Set.of("context", "namespace", "verbosity", "output");

  /// In istioctl's order.
  private static final Map<String, String> TYPES = new LinkedHashMap<>();

  static {
    TYPES.put("type.googleapis.com/envoy.config.cluster.v3.Cluster", "CDS");
    TYPES.put("type.googleapis.com/envoy.config.listener.v3.Listener", "LDS");
    TYPES.put("type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment", "EDS");
    TYPES.put("type.googleapis.com/envoy.config.route.v3.RouteConfiguration", "RDS");
  }

  private final KubeApi api;
  private final Clock clock;

  public ProxyStatus(KubeApi api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  /// As [ProxyConfig#context].
  public static String context(List<String> arguments, String otherwise) {
    return Question.read(arguments, OPTIONS).option("context", otherwise);
  }

  /// What to print.
  ///
  /// @throws Refusal when no istiod answers
  public String answer(List<String> arguments) {
    Question question = Question.read(arguments, OPTIONS);
    if (!question.words().isEmpty()) {
      throw new Refusal("istioctl.statusofone");
    }
    ObjectNode istiod =
        api.list(ResourceTypes.POD, SYSTEM, "app=istiod").items().stream()
            .filter(pod -> pod.at("/status/phase").asText().equals("Running"))
            .findFirst()
            .orElseThrow(() -> new Refusal("istioctl.noistiod"));
    String query =
        question.options().containsKey("namespace")
            ? "?namespace=" + question.option("namespace", "")
            : "";
    JsonNode syncz =
        new Admin(istiod.at("/status/podIP").asText() + ":" + PAGES).json("/debug/syncz" + query);
    return question.option("output", "table").equals("json")
        ? Output.of(syncz, "json")
        : table(syncz, Meta.name(istiod), !question.option("verbosity", "0").equals("0"));
  }

  /// @param verbose a column for each type with its state
  String table(JsonNode syncz, String istiod, boolean verbose) {
    List<JsonNode> proxies = new ArrayList<>();
    syncz.forEach(proxies::add);
    proxies.sort(Comparator.comparing(proxy -> proxy.path("proxy").asText()));
    Table table =
        verbose
            ? new Table(5, "NAME", "CLUSTER", "CDS", "LDS", "EDS", "RDS", "ISTIOD", "VERSION")
            : new Table(5, "NAME", "CLUSTER", "ISTIOD", "VERSION", "SUBSCRIBED TYPES");
    for (JsonNode proxy : proxies) {
      String name = proxy.path("proxy").asText();
      String context = proxy.path("cluster_id").asText();
      String release = proxy.path("istio_version").asText();
      JsonNode resources = proxy.path("resources");
      if (verbose) {
        List<Object> cells = new ArrayList<>(List.of(name, context));
        TYPES.keySet().forEach(type -> cells.add(state(resources.path(type))));
        cells.addAll(List.of(istiod, release));
        table.row(cells.toArray());
      } else {
        List<String> types =
            TYPES.keySet().stream().filter(resources::has).map(TYPES::get).toList();
        String all = types.isEmpty() ? "0" : types.size() + " (" + String.join(",", types) + ")";
        table.row(name, context, istiod, release, all);
      }
    }
    return table.toString();
  }

  private String state(JsonNode sent) {
    if (sent.isMissingNode()) {
      return "IGNORED";
    }
    boolean refused = !sent.path("lastError").asText("").isEmpty();
    boolean taken = sent.path("sent").asText().equals(sent.path("acked").asText());
    Duration age = Duration.between(Instant.parse(sent.path("sentTime").asText()), clock.instant());
    return (refused ? "ERROR" : taken ? "SYNCED" : "STALE") + " (" + human(age) + ")";
  }

  /// As Kubernetes writes ages: 5s, 3m12s, 25m, 2h, 3d.
  static String human(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    long minutes = seconds / 60;
    long hours = minutes / 60;
    if (seconds < 120) {
      return seconds + "s";
    }
    if (minutes < 10) {
      return seconds % 60 == 0 ? minutes + "m" : minutes + "m" + seconds % 60 + "s";
    }
    if (hours < 3) {
      return minutes + "m";
    }
    if (hours < 8) {
      return minutes % 60 == 0 ? hours + "h" : hours + "h" + minutes % 60 + "m";
    }
    return hours < 48 ? hours + "h" : hours / 24 + "d";
  }
}
