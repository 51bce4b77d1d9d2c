package theater.laptop.api.kind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The table of the built-in kinds. What a server serves beyond them is in its [ServedKinds].
public final class Kinds {
  /// group | versions | plural | kind | short names | categories | traits
  private static final String TABLE =
      """
       |v1|bindings|Binding|||namespaced virtual
       |v1|configmaps|ConfigMap|cm||namespaced
       |v1|endpoints|Endpoints|ep||namespaced
       |v1|events|Event|ev||namespaced
       |v1|limitranges|LimitRange|limits||namespaced
       |v1|namespaces|Namespace|ns||status
       |v1|nodes|Node|no||status
       |v1|persistentvolumeclaims|PersistentVolumeClaim|pvc||namespaced status
       |v1|persistentvolumes|PersistentVolume|pv||status
       |v1|pods|Pod|po|all|namespaced status generation
       |v1|podtemplates|PodTemplate|||namespaced
       |v1|replicationcontrollers|ReplicationController|rc|all|namespaced status scale generation
       |v1|resourcequotas|ResourceQuota|quota||namespaced status
       |v1|secrets|Secret|||namespaced
       |v1|serviceaccounts|ServiceAccount|sa||namespaced
       |v1|services|Service|svc|all|namespaced status
      apps|v1|controllerrevisions|ControllerRevision|||namespaced
      apps|v1|daemonsets|DaemonSet|ds|all|namespaced status generation
      apps|v1|deployments|Deployment|deploy|all|namespaced status scale generation
      apps|v1|replicasets|ReplicaSet|rs|all|namespaced status scale generation
      apps|v1|statefulsets|StatefulSet|sts|all|namespaced status scale generation
      autoscaling|v2 v1|horizontalpodautoscalers|HorizontalPodAutoscaler|hpa|all|namespaced status
      batch|v1|cronjobs|CronJob|cj|all|namespaced status generation
      batch|v1|jobs|Job||all|namespaced status generation
      coordination.k8s.io|v1|leases|Lease|||namespaced
      discovery.k8s.io|v1|endpointslices|EndpointSlice|||namespaced generation
      networking.k8s.io|v1|ingresses|Ingress|ing||namespaced status generation
      networking.k8s.io|v1|ingressclasses|IngressClass|||generation
      networking.k8s.io|v1|networkpolicies|NetworkPolicy|netpol||namespaced generation
      policy|v1|poddisruptionbudgets|PodDisruptionBudget|pdb||namespaced status generation
      rbac.authorization.k8s.io|v1|clusterrolebindings|ClusterRoleBinding|||
      rbac.authorization.k8s.io|v1|clusterroles|ClusterRole|||
      rbac.authorization.k8s.io|v1|rolebindings|RoleBinding|||namespaced
      rbac.authorization.k8s.io|v1|roles|Role|||namespaced
      scheduling.k8s.io|v1|priorityclasses|PriorityClass|pc||generation
      storage.k8s.io|v1|storageclasses|StorageClass|sc||
      admissionregistration.k8s.io|v1|mutatingwebhookconfigurations|MutatingWebhookConfiguration||api-extensions|generation
      admissionregistration.k8s.io|v1|validatingwebhookconfigurations|ValidatingWebhookConfiguration||api-extensions|generation
      apiextensions.k8s.io|v1|customresourcedefinitions|CustomResourceDefinition|crd crds|api-extensions|status generation
      networking.istio.io|v1 v1beta1 v1alpha3|destinationrules|DestinationRule|dr|istio-io networking-istio-io|namespaced crd status generation
      networking.istio.io|v1alpha3|envoyfilters|EnvoyFilter||istio-io networking-istio-io|namespaced crd status generation
      networking.istio.io|v1 v1beta1 v1alpha3|gateways|Gateway|gw|istio-io networking-istio-io|namespaced crd status generation
      networking.istio.io|v1beta1|proxyconfigs|ProxyConfig||istio-io networking-istio-io|namespaced crd status generation
      networking.istio.io|v1 v1beta1 v1alpha3|serviceentries|ServiceEntry|se|istio-io networking-istio-io|namespaced crd status generation
      networking.istio.io|v1 v1beta1 v1alpha3|sidecars|Sidecar||istio-io networking-istio-io|namespaced crd status generation
      networking.istio.io|v1 v1beta1 v1alpha3|virtualservices|VirtualService|vs|istio-io networking-istio-io|namespaced crd status generation
      networking.istio.io|v1 v1beta1 v1alpha3|workloadentries|WorkloadEntry|we|istio-io networking-istio-io|namespaced crd status generation
      networking.istio.io|v1 v1beta1 v1alpha3|workloadgroups|WorkloadGroup|wg|istio-io networking-istio-io|namespaced crd status generation
      security.istio.io|v1 v1beta1|authorizationpolicies|AuthorizationPolicy|ap|istio-io security-istio-io|namespaced crd status generation
      security.istio.io|v1 v1beta1|peerauthentications|PeerAuthentication|pa|istio-io security-istio-io|namespaced crd status generation
      security.istio.io|v1 v1beta1|requestauthentications|RequestAuthentication|ra|istio-io security-istio-io|namespaced crd status generation
      telemetry.istio.io|v1 v1alpha1|telemetries|Telemetry|telemetry|istio-io telemetry-istio-io|namespaced crd status generation
      extensions.istio.io|v1alpha1|wasmplugins|WasmPlugin||istio-io extensions-istio-io|namespaced crd status generation
      gateway.networking.k8s.io|v1 v1beta1|gatewayclasses|GatewayClass|gc|gateway-api|crd status generation
      gateway.networking.k8s.io|v1 v1beta1|gateways|Gateway|gtw|gateway-api|namespaced crd status generation
      gateway.networking.k8s.io|v1|grpcroutes|GRPCRoute||gateway-api|namespaced crd status generation
      gateway.networking.k8s.io|v1 v1beta1|httproutes|HTTPRoute||gateway-api|namespaced crd status generation
      gateway.networking.k8s.io|v1beta1|referencegrants|ReferenceGrant|refgrant|gateway-api|namespaced crd generation
      metrics.k8s.io|v1beta1|nodes|NodeMetrics|||measured
      metrics.k8s.io|v1beta1|pods|PodMetrics|||namespaced measured
      """;

  /// Newest first, as discovery lists them: `kubectl get gateways` means Istio's, which comes
  /// first.
  public static final List<Kind> ALL = TABLE.lines().map(Kinds::row).toList();

  private static final Map<String, Kind> BY_KIND = new LinkedHashMap<>();

  static {
    for (Kind kind : ALL) {
      for (String version : kind.versions()) {
        BY_KIND.put(kind.apiVersion(version) + "/" + kind.kind(), kind);
      }
    }
  }

  private Kinds() {}

  /// @param apiVersion `v1`, `apps/v1`
  public static Optional<Kind> byKind(String apiVersion, String kind) {
    return Optional.ofNullable(BY_KIND.get(apiVersion + "/" + kind));
  }

  /// A kind that must exist. `of("apps", "deployments")`
  public static Kind of(String group, String plural) {
    return ALL.stream()
        .filter(kind -> kind.is(group, plural))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("no kind " + plural + " in group \"" + group + "\""));
  }

  private static Kind row(String line) {
    List<String> cells = new ArrayList<>(Arrays.asList(line.split("\\|", -1)));
    return new Kind(
        cells.get(0).strip(),
        words(cells.get(1)),
        cells.get(2),
        cells.get(3),
        words(cells.get(4)),
        words(cells.get(5)),
        Set.copyOf(words(cells.get(6))));
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split(" +"));
  }
}
