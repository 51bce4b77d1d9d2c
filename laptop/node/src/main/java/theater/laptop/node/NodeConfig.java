package theater.laptop.node;

import java.nio.file.Path;
import java.util.Map;
import theater.laptop.plan.AddressPlan;
import theater.laptop.plan.HomeFolder;

/// What a node agent must be told.
///
/// @param context `ctx1`
/// @param nodeName name of the Node object
/// @param nodeLabels labels of the Node when it is made; never written again, so a learner's change
///   stays
/// @param apiServerCa certificate (PEM) that pods check the API server with
public record NodeConfig(
    String context,
    String nodeName,
    Map<String, String> nodeLabels,
    HomeFolder home,
    AddressPlan plan,
    Path apiServerCa) {
  public NodeConfig {
    nodeLabels = Map.copyOf(nodeLabels);
  }
}
