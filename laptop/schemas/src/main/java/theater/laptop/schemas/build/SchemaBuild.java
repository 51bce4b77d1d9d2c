package theater.laptop.schemas.build;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import theater.laptop.schemas.Schemas;

/// `SchemaBuild FILE`: writes the schemas of the kinds that we serve.
public final class SchemaBuild {
  private static final String KUBERNETES = "io.fabric8.kubernetes.api.model.";
  private static final String ISTIO = "io.fabric8.istio.api.";

  /// apiVersion, package of the model, kinds
  private static final List<String[]> KINDS =
      List.of(
          row(
              "v1",
              KUBERNETES,
              "Namespace Node Pod Service ServiceAccount ConfigMap Secret Event Endpoints PersistentVolumeClaim PersistentVolume ReplicationController ResourceQuota LimitRange PodTemplate Binding"),
          row(
              "apps/v1",
              KUBERNETES + "apps.",
              "Deployment ReplicaSet StatefulSet DaemonSet ControllerRevision"),
          row("batch/v1", KUBERNETES + "batch.v1.", "Job CronJob"),
          row("autoscaling/v2", KUBERNETES + "autoscaling.v2.", "HorizontalPodAutoscaler"),
          row("autoscaling/v1", KUBERNETES + "autoscaling.v1.", "HorizontalPodAutoscaler Scale"),
          row("discovery.k8s.io/v1", KUBERNETES + "discovery.v1.", "EndpointSlice"),
          row(
              "rbac.authorization.k8s.io/v1",
              KUBERNETES + "rbac.",
              "Role RoleBinding ClusterRole ClusterRoleBinding"),
          row(
              "networking.k8s.io/v1",
              KUBERNETES + "networking.v1.",
              "Ingress IngressClass NetworkPolicy"),
          row("policy/v1", KUBERNETES + "policy.v1.", "PodDisruptionBudget"),
          row("coordination.k8s.io/v1", KUBERNETES + "coordination.v1.", "Lease"),
          row("events.k8s.io/v1", KUBERNETES + "events.v1.", "Event"),
          row(
              "admissionregistration.k8s.io/v1",
              KUBERNETES + "admissionregistration.v1.",
              "MutatingWebhookConfiguration ValidatingWebhookConfiguration"),
          row(
              "apiextensions.k8s.io/v1",
              KUBERNETES + "apiextensions.v1.",
              "CustomResourceDefinition"),
          row("scheduling.k8s.io/v1", KUBERNETES + "scheduling.v1.", "PriorityClass"),
          row("storage.k8s.io/v1", KUBERNETES + "storage.", "StorageClass"),
          row(
              "gateway.networking.k8s.io/v1",
              KUBERNETES + "gatewayapi.v1.",
              "GatewayClass Gateway HTTPRoute GRPCRoute"),
          row(
              "gateway.networking.k8s.io/v1beta1",
              KUBERNETES + "gatewayapi.v1beta1.",
              "GatewayClass Gateway HTTPRoute ReferenceGrant"),
          row(
              "networking.istio.io/v1",
              ISTIO + "networking.v1.",
              "VirtualService DestinationRule Gateway ServiceEntry WorkloadEntry WorkloadGroup Sidecar"),
          row(
              "networking.istio.io/v1beta1",
              ISTIO + "networking.v1beta1.",
              "VirtualService DestinationRule Gateway ServiceEntry WorkloadEntry WorkloadGroup Sidecar ProxyConfig"),
          row(
              "networking.istio.io/v1alpha3",
              ISTIO + "networking.v1alpha3.",
              "VirtualService DestinationRule Gateway ServiceEntry WorkloadEntry WorkloadGroup Sidecar EnvoyFilter"),
          row(
              "security.istio.io/v1",
              ISTIO + "security.v1.",
              "PeerAuthentication AuthorizationPolicy RequestAuthentication"),
          row(
              "security.istio.io/v1beta1",
              ISTIO + "security.v1beta1.",
              "PeerAuthentication AuthorizationPolicy RequestAuthentication"),
          row("telemetry.istio.io/v1", ISTIO + "telemetry.v1.", "Telemetry"),
          row("telemetry.istio.io/v1alpha1", ISTIO + "telemetry.v1alpha1.", "Telemetry"),
          row("extensions.istio.io/v1alpha1", ISTIO + "extensions.v1alpha1.", "WasmPlugin"));

  private SchemaBuild() {}

  /// @throws IOException when the file cannot be written
  public static void main(String[] arguments) throws IOException, ClassNotFoundException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    ObjectNode kinds = root.putObject("kinds");
    ModelReader reader = new ModelReader();
    for (String[] row : KINDS) {
      for (String kind : row[2].split(" ")) {
        kinds.put(row[0] + "/" + kind, reader.read(Class.forName(row[1] + kind)));
      }
    }
    ObjectNode objects = root.putObject("objects");
    reader.schemas().forEach((name, schema) -> objects.set(name, Schemas.write(schema, mapper)));
    Path file = Path.of(arguments[0]);
    Files.createDirectories(file.getParent());
    mapper.writeValue(file.toFile(), root);
  }

  private static String[] row(String apiVersion, String prefix, String kinds) {
    return new String[] {apiVersion, prefix, kinds};
  }
}
