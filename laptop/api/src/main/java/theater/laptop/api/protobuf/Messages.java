package theater.laptop.api.protobuf;

import java.util.HashMap;
import java.util.Map;

/// Field numbers of the messages that `kubectl create` and `kubectl auth` send. Kubernetes: the
/// `generated.proto` of each API group.
final class Messages {

  /// @param pointer whether an empty value means something
  record Field(String name, String type, boolean list, boolean map, boolean pointer) {}

  /// `Message: NUMBER NAME TYPE, …`; `[]` a list, `{}` a map with text keys, `*` a pointer; the
  /// name `-` is a message whose fields are the parent's in JSON.
  private static final String TABLE =
      """
      ObjectMeta: 1 name string, 2 generateName string, 3 namespace string, 5 uid string, 6 resourceVersion string, 11 labels {}string, 12 annotations {}string, 13 ownerReferences []OwnerReference, 14 finalizers []string
      OwnerReference: 1 kind string, 3 name string, 4 uid string, 5 apiVersion string, 6 controller *bool, 7 blockOwnerDeletion *bool
      Time: 1 seconds int, 2 nanos int
      Quantity: 1 string string
      IntOrString: 1 type int, 2 intVal int, 3 strVal string
      LabelSelector: 1 matchLabels {}string, 2 matchExpressions []LabelSelectorRequirement
      LabelSelectorRequirement: 1 key string, 2 operator string, 3 values []string
      ConfigMap: 1 metadata ObjectMeta, 2 data {}string, 3 binaryData {}bytes, 4 immutable *bool
      Secret: 1 metadata ObjectMeta, 2 data {}bytes, 3 type string, 4 stringData {}string, 5 immutable *bool
      Namespace: 1 metadata ObjectMeta
      ServiceAccount: 1 metadata ObjectMeta, 2 secrets []ObjectReference, 3 imagePullSecrets []LocalObjectReference, 4 automountServiceAccountToken *bool
      ObjectReference: 1 kind string, 2 namespace string, 3 name string, 4 uid string, 5 apiVersion string
      LocalObjectReference: 1 name string
      Role: 1 metadata ObjectMeta, 2 rules []PolicyRule
      ClusterRole: 1 metadata ObjectMeta, 2 rules []PolicyRule, 3 aggregationRule AggregationRule
      PolicyRule: 1 verbs []string, 2 apiGroups []string, 3 resources []string, 4 resourceNames []string, 5 nonResourceURLs []string
      RoleBinding: 1 metadata ObjectMeta, 2 subjects []Subject, 3 roleRef RoleRef
      ClusterRoleBinding: 1 metadata ObjectMeta, 2 subjects []Subject, 3 roleRef RoleRef
      Subject: 1 kind string, 2 apiGroup string, 3 name string, 4 namespace string
      RoleRef: 1 apiGroup string, 2 kind string, 3 name string
      Service: 1 metadata ObjectMeta, 2 spec ServiceSpec
      ServiceSpec: 1 ports []ServicePort, 2 selector {}string, 3 clusterIP string, 4 type string, 5 externalIPs []string, 7 sessionAffinity string, 10 externalName string
      ServicePort: 1 name string, 2 protocol string, 3 port int, 4 targetPort IntOrString, 5 nodePort int, 6 appProtocol *string
      Deployment: 1 metadata ObjectMeta, 2 spec DeploymentSpec
      DeploymentSpec: 1 replicas *int, 2 selector LabelSelector, 3 template PodTemplateSpec, 4 strategy DeploymentStrategy, 5 minReadySeconds int, 6 revisionHistoryLimit *int, 7 paused bool, 9 progressDeadlineSeconds *int
      DeploymentStrategy: 1 type string, 2 rollingUpdate RollingUpdateDeployment
      RollingUpdateDeployment: 1 maxUnavailable *IntOrString, 2 maxSurge *IntOrString
      PodTemplateSpec: 1 metadata ObjectMeta, 2 spec PodSpec
      PodSpec: 2 containers []Container, 3 restartPolicy string, 4 terminationGracePeriodSeconds *int, 6 dnsPolicy string, 7 nodeSelector {}string, 8 serviceAccountName string, 10 nodeName string, 16 hostname string, 19 schedulerName string
      Container: 1 name string, 2 image string, 3 command []string, 4 args []string, 5 workingDir string, 6 ports []ContainerPort, 7 env []EnvVar, 8 resources ResourceRequirements, 13 terminationMessagePath string, 14 imagePullPolicy string
      ContainerPort: 1 name string, 2 hostPort int, 3 containerPort int, 4 protocol string, 5 hostIP string
      EnvVar: 1 name string, 2 value string
      ResourceRequirements: 1 limits {}Quantity, 2 requests {}Quantity
      TokenRequest: 1 metadata ObjectMeta, 2 spec TokenRequestSpec
      TokenRequestSpec: 1 audiences []string, 4 expirationSeconds *int
      SelfSubjectAccessReview: 1 metadata ObjectMeta, 2 spec SelfSubjectAccessReviewSpec
      SelfSubjectAccessReviewSpec: 1 resourceAttributes ResourceAttributes, 2 nonResourceAttributes NonResourceAttributes
      ResourceAttributes: 1 namespace string, 2 verb string, 3 group string, 4 version string, 5 resource string, 6 subresource string, 7 name string
      NonResourceAttributes: 1 path string, 2 verb string
      SelfSubjectRulesReview: 1 metadata ObjectMeta, 2 spec SelfSubjectRulesReviewSpec
      SelfSubjectRulesReviewSpec: 1 namespace string
      SelfSubjectReview: 1 metadata ObjectMeta
      Eviction: 1 metadata ObjectMeta, 2 deleteOptions DeleteOptions
      DeleteOptions: 1 gracePeriodSeconds *int, 4 propagationPolicy string, 5 dryRun []string
      HorizontalPodAutoscaler: 1 metadata ObjectMeta, 2 spec HorizontalPodAutoscalerSpec
      HorizontalPodAutoscalerSpec: 1 scaleTargetRef CrossVersionObjectReference, 2 minReplicas *int, 3 maxReplicas int, 4 metrics []MetricSpec
      CrossVersionObjectReference: 1 kind string, 2 name string, 3 apiVersion string
      MetricSpec: 1 type string, 4 resource ResourceMetricSource
      ResourceMetricSource: 1 name string, 2 target MetricTarget
      MetricTarget: 1 type string, 2 value Quantity, 3 averageValue Quantity, 4 averageUtilization *int
      Job: 1 metadata ObjectMeta, 2 spec JobSpec
      JobSpec: 1 parallelism *int, 2 completions *int, 3 activeDeadlineSeconds *int, 4 selector LabelSelector, 6 template PodTemplateSpec, 7 backoffLimit *int
      CronJob: 1 metadata ObjectMeta, 2 spec CronJobSpec
      CronJobSpec: 1 schedule string, 2 startingDeadlineSeconds *int, 3 concurrencyPolicy string, 4 suspend *bool, 5 jobTemplate JobTemplateSpec
      JobTemplateSpec: 1 metadata ObjectMeta, 2 spec JobSpec
      ResourceQuota: 1 metadata ObjectMeta, 2 spec ResourceQuotaSpec
      ResourceQuotaSpec: 1 hard {}Quantity, 2 scopes []string
      PodDisruptionBudget: 1 metadata ObjectMeta, 2 spec PodDisruptionBudgetSpec
      Ingress: 1 metadata ObjectMeta, 2 spec IngressSpec
      IngressSpec: 1 defaultBackend IngressBackend, 2 tls []IngressTLS, 3 rules []IngressRule, 4 ingressClassName *string
      IngressTLS: 1 hosts []string, 2 secretName string
      IngressRule: 1 host string, 2 - IngressRuleValue
      IngressRuleValue: 1 http HTTPIngressRuleValue
      HTTPIngressRuleValue: 1 paths []HTTPIngressPath
      HTTPIngressPath: 1 path string, 2 backend IngressBackend, 3 pathType *string
      IngressBackend: 3 resource TypedLocalObjectReference, 4 service IngressServiceBackend
      TypedLocalObjectReference: 1 apiGroup *string, 2 kind string, 3 name string
      IngressServiceBackend: 1 name string, 2 port ServiceBackendPort
      ServiceBackendPort: 1 name string, 2 number int
      PriorityClass: 1 metadata ObjectMeta, 2 value *int, 3 globalDefault bool, 4 description string, 5 preemptionPolicy *string
      AggregationRule: 1 clusterRoleSelectors []LabelSelector
      PodDisruptionBudgetSpec: 1 minAvailable *IntOrString, 2 selector LabelSelector, 3 maxUnavailable *IntOrString
      """;

  private static final Map<String, Map<Integer, Field>> MESSAGES = new HashMap<>();

  static {
    TABLE
        .lines()
        .forEach(line -> {
          Map<Integer, Field> fields = new HashMap<>();
          int colon = line.indexOf(':');
          for (String part : line.substring(colon + 1).split(",")) {
            String[] words = part.strip().split(" ");
            String type = words[2];
            boolean list = type.startsWith("[]");
            boolean map = type.startsWith("{}");
            boolean pointer = type.startsWith("*");
            fields.put(
                Integer.valueOf(words[0]),
                new Field(
                    words[1],
                    type.substring(list || map ? 2 : pointer ? 1 : 0),
                    list,
                    map,
                    pointer));
          }
          MESSAGES.put(line.substring(0, colon), fields);
        });
  }

  private Messages() {}

  static boolean known(String message) {
    return MESSAGES.containsKey(message);
  }

  /// Null for a field that is not needed.
  static Field field(String message, int number) {
    return MESSAGES.getOrDefault(message, Map.of()).get(number);
  }
}
