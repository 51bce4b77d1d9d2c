package theater.gateway.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// What is read of one context: pods and deployments, and in the own one the rules of the mesh.
final class KubeContext implements AutoCloseable {
  private final ApiConnection api;
  private final Mirror pods;
  private final Mirror deployments;
  private final Mirror virtualServices;
  private final Mirror destinationRules;

  private KubeContext(
      ApiConnection api, String namespace, Runnable podsChanged, Runnable rulesChanged) {
    this.api = api;
    String suffix = "/v1/namespaces/" + namespace + "/";
    pods = new Mirror(api, "/api" + suffix + "pods", podsChanged);
    deployments = new Mirror(api, "/apis/apps" + suffix + "deployments", podsChanged);
    String rules = "/apis/networking.istio.io" + suffix;
    virtualServices =
        rulesChanged == null ? null : new Mirror(api, rules + "virtualservices", rulesChanged);
    destinationRules =
        rulesChanged == null ? null : new Mirror(api, rules + "destinationrules", rulesChanged);
  }

  /// The context that this gateway runs in.
  static KubeContext own(String namespace, Runnable podsChanged, Runnable rulesChanged)
      throws IOException {
    return new KubeContext(ApiConnection.own(), namespace, podsChanged, rulesChanged);
  }

  /// Another context, by the current context of a kubeconfig file.
  static KubeContext remote(Path kubeconfig, String namespace, Runnable podsChanged)
      throws IOException {
    return new KubeContext(ApiConnection.remote(kubeconfig), namespace, podsChanged, null);
  }

  /// Null when pods and deployments are known, otherwise why not.
  String podsUnknown() {
    String reason = pods.unknownReason();
    return reason == null ? deployments.unknownReason() : reason;
  }

  /// Null when the rules are known, otherwise why not.
  String rulesUnknown() {
    String reason = virtualServices.unknownReason();
    return reason == null ? destinationRules.unknownReason() : reason;
  }

  List<JsonNode> pods() {
    return pods.objects();
  }

  List<JsonNode> deployments() {
    return deployments.objects();
  }

  List<JsonNode> virtualServices() {
    return virtualServices.objects();
  }

  List<JsonNode> destinationRules() {
    return destinationRules.objects();
  }

  @Override
  public void close() {
    pods.close();
    deployments.close();
    if (virtualServices != null) {
      virtualServices.close();
      destinationRules.close();
    }
    api.close();
  }
}
