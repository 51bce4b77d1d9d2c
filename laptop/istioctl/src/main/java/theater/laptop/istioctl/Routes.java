package theater.laptop.istioctl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `proxy-config route`.
final class Routes {
  private static final int MOST_DOMAINS = 2;

  private Routes() {}

  static List<JsonNode> of(Dump dump, Filter filter) {
    List<JsonNode> routes = new ArrayList<>(dump.routes());
    routes.removeIf(route -> !filter.route(route.path("name").asText()));
    // Names that are ports come in their order; the others stay where Envoy has them, at the end.
    routes.sort(java.util.Comparator.comparingInt(Routes::port));
    return routes;
  }

  private static int port(JsonNode route) {
    String name = route.path("name").asText();
    return name.matches("\\d{1,5}") ? Integer.parseInt(name) : Integer.MAX_VALUE;
  }

  static Table table(Dump dump, Filter filter, boolean typed) {
    Table table =
        filter.verbose()
            ? new Table(5, "NAME", "VHOST NAME", "DOMAINS", "MATCH", "VIRTUAL SERVICE")
            : new Table(5, "NAME", "VIRTUAL HOSTS");
    for (JsonNode route : of(dump, filter)) {
      String name = (typed ? "route/" : "") + route.path("name").asText();
      if (!filter.verbose()) {
        table.row(name, route.path("virtual_hosts").size());
        continue;
      }
      for (JsonNode host : route.path("virtual_hosts")) {
        hosts(table, name, host);
      }
    }
    return table;
  }

  private static void hosts(Table table, String name, JsonNode host) {
    String hostName = host.path("name").asText();
    String domains = domains(host.path("domains"));
    for (JsonNode route : host.path("routes")) {
      if (!route.at("/route/cluster").asText("").equals("PassthroughCluster")) {
        table.row(name, hostName, domains, match(route.path("match")), Dump.rule(route));
      }
    }
    if (host.path("routes").isEmpty()) {
      table.row(name, hostName, domains, "/*", "404");
    }
  }

  static String match(JsonNode match) {
    List<String> conditions = new ArrayList<>();
    if (match.has("prefix")) {
      conditions.add(match.path("prefix").asText() + "*");
    }
    if (match.has("path_separated_prefix")) {
      conditions.add("PathPrefix:" + match.path("path_separated_prefix").asText());
    }
    if (match.has("path")) {
      conditions.add(match.path("path").asText());
    }
    if (match.has("safe_regex")) {
      conditions.add("regex " + match.at("/safe_regex/regex").asText());
    }
    return String.join(" ", conditions);
  }

  /// Names without a port and without those that only spell a shorter one out; the first two.
  private static String domains(JsonNode list) {
    if (list.size() == 1) {
      return list.path(0).asText();
    }
    List<String> names = new ArrayList<>();
    for (JsonNode domain : list) {
      if (!domain.asText().contains(":")) {
        names.add(domain.asText());
      }
    }
    Set<String> all = new HashSet<>(names);
    names.removeIf(
        name -> spelledOut(all, name, ".svc.cluster.local") || spelledOut(all, name, ".svc"));
    if (names.size() > MOST_DOMAINS) {
      return String.join(", ", names.subList(0, MOST_DOMAINS))
          + " + "
          + (names.size() - MOST_DOMAINS)
          + " more...";
    }
    return String.join(", ", names);
  }

  private static boolean spelledOut(Set<String> all, String name, String end) {
    return name.endsWith(end) && all.contains(name.substring(0, name.length() - end.length()));
  }
}
