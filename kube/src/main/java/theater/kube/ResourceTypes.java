package theater.kube;

import java.util.List;

/// The kinds that the platform itself reads or writes. Kinds of the mesh are named in the version
/// that is stored, `v1`.
public final class ResourceTypes {
  public static final ResourceType POD = core("pods", "Pod", true);
  public static final ResourceType SERVICE = core("services", "Service", true);
  public static final ResourceType NODE = core("nodes", "Node", false);
  public static final ResourceType NAMESPACE = core("namespaces", "Namespace", false);
  public static final ResourceType CONFIG_MAP = core("configmaps", "ConfigMap", true);
  public static final ResourceType SECRET = core("secrets", "Secret", true);
  public static final ResourceType SERVICE_ACCOUNT =
      core("serviceaccounts", "ServiceAccount", true);
  public static final ResourceType ENDPOINTS = core("endpoints", "Endpoints", true);
  public static final ResourceType EVENT = core("events", "Event", true);
  public static final ResourceType PERSISTENT_VOLUME_CLAIM =
      core("persistentvolumeclaims", "PersistentVolumeClaim", true);

  public static final ResourceType DEPLOYMENT = apps("deployments", "Deployment");
  public static final ResourceType REPLICA_SET = apps("replicasets", "ReplicaSet");
  public static final ResourceType HORIZONTAL_POD_AUTOSCALER =
      new ResourceType(
          "autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", true);
  public static final ResourceType POD_DISRUPTION_BUDGET =
      new ResourceType("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", true);
  public static final ResourceType POD_METRICS =
      new ResourceType("metrics.k8s.io", "v1beta1", "pods", "PodMetrics", true);
  public static final ResourceType ENDPOINT_SLICE =
      new ResourceType("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", true);
  public static final ResourceType LEASE =
      new ResourceType("coordination.k8s.io", "v1", "leases", "Lease", true);
  public static final ResourceType CUSTOM_RESOURCE_DEFINITION =
      new ResourceType(
          "apiextensions.k8s.io",
          "v1",
          "customresourcedefinitions",
          "CustomResourceDefinition",
          false);

  public static final ResourceType VIRTUAL_SERVICE =
      networking("virtualservices", "VirtualService");
  public static final ResourceType DESTINATION_RULE =
      networking("destinationrules", "DestinationRule");
  public static final ResourceType GATEWAY = networking("gateways", "Gateway");
  public static final ResourceType SERVICE_ENTRY = networking("serviceentries", "ServiceEntry");
  public static final ResourceType WORKLOAD_ENTRY = networking("workloadentries", "WorkloadEntry");
  public static final ResourceType SIDECAR = networking("sidecars", "Sidecar");
  public static final ResourceType PEER_AUTHENTICATION =
      security("peerauthentications", "PeerAuthentication");
  public static final ResourceType AUTHORIZATION_POLICY =
      security("authorizationpolicies", "AuthorizationPolicy");
  public static final ResourceType REQUEST_AUTHENTICATION =
      security("requestauthentications", "RequestAuthentication");
  public static final ResourceType TELEMETRY =
      new ResourceType("telemetry.istio.io", "v1", "telemetries", "Telemetry", true);
  public static final ResourceType K8S_GATEWAY = gatewayApi("gateways", "Gateway");
  public static final ResourceType HTTP_ROUTE = gatewayApi("httproutes", "HTTPRoute");
  public static final ResourceType GRPC_ROUTE = gatewayApi("grpcroutes", "GRPCRoute");
  public static final ResourceType GATEWAY_CLASS =
      new ResourceType("gateway.networking.k8s.io", "v1", "gatewayclasses", "GatewayClass", false);
  public static final ResourceType REFERENCE_GRANT =
      new ResourceType(
          "gateway.networking.k8s.io", "v1beta1", "referencegrants", "ReferenceGrant", true);

  /// Everything that a person writes for the mesh. A server need not serve all of them.
  public static final List<ResourceType> MESH_CONFIG =
      List.of(
          VIRTUAL_SERVICE,
          DESTINATION_RULE,
          GATEWAY,
          SERVICE_ENTRY,
          WORKLOAD_ENTRY,
          SIDECAR,
          PEER_AUTHENTICATION,
          AUTHORIZATION_POLICY,
          REQUEST_AUTHENTICATION,
          TELEMETRY,
          K8S_GATEWAY,
          HTTP_ROUTE,
          GRPC_ROUTE,
          GATEWAY_CLASS,
          REFERENCE_GRANT);

  private ResourceTypes() {}

  private static ResourceType core(String plural, String kind, boolean namespaced) {
    return new ResourceType("", "v1", plural, kind, namespaced);
  }

  private static ResourceType apps(String plural, String kind) {
    return new ResourceType("apps", "v1", plural, kind, true);
  }

  private static ResourceType networking(String plural, String kind) {
    return new ResourceType("networking.istio.io", "v1", plural, kind, true);
  }

  private static ResourceType security(String plural, String kind) {
    return new ResourceType("security.istio.io", "v1", plural, kind, true);
  }

  private static ResourceType gatewayApi(String plural, String kind) {
    return new ResourceType("gateway.networking.k8s.io", "v1", plural, kind, true);
  }
}
