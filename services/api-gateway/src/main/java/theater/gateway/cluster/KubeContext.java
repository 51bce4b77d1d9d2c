package theater.gateway.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;

/// What is read of one context: pods and deployments, and in the own one the rules of the mesh.
final class KubeContext implements AutoCloseable {
  private static final ResourceDefinitionContext POD = type("", "Pod", "pods");
  private static final ResourceDefinitionContext DEPLOYMENT =
      type("apps", "Deployment", "deployments");
  private static final ResourceDefinitionContext VIRTUAL_SERVICE =
      type("networking.istio.io", "VirtualService", "virtualservices");
  private static final ResourceDefinitionContext DESTINATION_RULE =
      type("networking.istio.io", "DestinationRule", "destinationrules");

  private final KubernetesClient client;
  private final Mirror pods;
  private final Mirror deployments;
  private final Mirror virtualServices;
  private final Mirror destinationRules;

  private KubeContext(
      Config config, String namespace, Runnable podsChanged, Runnable rulesChanged) {
    // A watch that broke is tried again after 0.1 to 3.2 s; a request only once, its watch is the
    // one who tries again.
    config.setWatchReconnectInterval(100);
    config.setWatchReconnectLimit(-1);
    config.setRequestRetryBackoffLimit(0);
    // Plain streams: a WebSocket brings nothing here, and not every server or proxy upgrades a watch.
    config.setOnlyHttpWatches(true);
    client =
        new KubernetesClientBuilder()
            .withConfig(config)
            .withHttpClientFactory(new JdkHttpClientFactory())
            .withTaskExecutor(Executors.newVirtualThreadPerTaskExecutor())
            // Without a search for model classes: objects are read as trees.
            .withKubernetesSerialization(new KubernetesSerialization(new ObjectMapper(), false))
            .build();
    pods = new Mirror(client, POD, namespace, podsChanged);
    deployments = new Mirror(client, DEPLOYMENT, namespace, podsChanged);
    virtualServices =
        rulesChanged == null ? null : new Mirror(client, VIRTUAL_SERVICE, namespace, rulesChanged);
    destinationRules =
        rulesChanged == null ? null : new Mirror(client, DESTINATION_RULE, namespace, rulesChanged);
  }

  /// By the environment and files of the pod's service account.
  static KubeContext own(String namespace, Runnable podsChanged, Runnable rulesChanged) {
    return new KubeContext(Config.autoConfigure(null), namespace, podsChanged, rulesChanged);
  }

  /// By the current context of a kubeconfig file.
  static KubeContext remote(Path kubeconfig, String namespace, Runnable podsChanged) {
    return new KubeContext(
        Config.fromKubeconfig(kubeconfig.toFile()), namespace, podsChanged, null);
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
    client.close();
  }

  private static ResourceDefinitionContext type(String group, String kind, String plural) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion("v1")
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(true)
        .build();
  }
}
