package theater.laptop.istioctl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// `proxy-config cluster`.
final class Clusters {
  private Clusters() {}

  static List<JsonNode> of(Dump dump, Filter filter) {
    List<JsonNode> clusters = new ArrayList<>(dump.clusters());
    clusters.removeIf(cluster -> !filter.cluster(name(cluster)));
    clusters.sort(
        Comparator.comparing(
            (JsonNode cluster) -> ClusterName.of(name(cluster)), ClusterName.ORDER));
    return clusters;
  }

  /// @param named with a first column NAME, as `proxy-config all` has it
  static Table table(Dump dump, Filter filter, boolean named) {
    String[] headers = {"SERVICE FQDN", "PORT", "SUBSET", "DIRECTION", "TYPE", "DESTINATION RULE"};
    Table table = new Table(5, Named.headers(named, headers));
    for (JsonNode cluster : of(dump, filter)) {
      ClusterName name = ClusterName.of(name(cluster));
      Object[] cells =
          name.whole()
              ? new Object[] {
                name.host(),
                name.port(),
                name.subset().isEmpty() ? "-" : name.subset(),
                name.direction(),
                type(cluster),
                Dump.rule(cluster)
              }
              : new Object[] {name(cluster), "-", "-", "-", type(cluster), Dump.rule(cluster)};
      table.row(Named.cells(named, "cluster/" + name(cluster), cells));
    }
    return table;
  }

  private static String name(JsonNode cluster) {
    return cluster.path("name").asText();
  }

  /// STATIC is the default and not printed by Envoy; a cluster of an extension has no type.
  private static String type(JsonNode cluster) {
    return cluster.path("type").asText("STATIC");
  }
}
