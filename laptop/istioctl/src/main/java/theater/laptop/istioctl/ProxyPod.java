package theater.laptop.istioctl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import theater.kube.KubeApi;
import theater.kube.KubeException;
import theater.kube.LabelSelector;
import theater.kube.Meta;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;

/// The pod that is meant by `POD`, `POD.NAMESPACE` or `deployment/NAME.NAMESPACE`.
record ProxyPod(String name, String namespace, String ip) {
  private static final Map<String, ResourceType> TYPES =
      Map.of(
          "pod", ResourceTypes.POD,
          "po", ResourceTypes.POD,
          "pods", ResourceTypes.POD,
          "deployment", ResourceTypes.DEPLOYMENT,
          "deploy", ResourceTypes.DEPLOYMENT,
          "deployments", ResourceTypes.DEPLOYMENT,
          "service", ResourceTypes.SERVICE,
          "services", ResourceTypes.SERVICE,
          "svc", ResourceTypes.SERVICE);

  /// @param namespace where a name without one is
  /// @throws Refusal when there is none that runs
  static ProxyPod find(KubeApi api, String target, String namespace) {
    int slash = target.indexOf('/');
    String kind = slash < 0 ? "pod" : target.substring(0, slash).toLowerCase(Locale.ROOT);
    ResourceType type = TYPES.get(kind);
    if (type == null) {
      throw new Refusal("istioctl.kind", kind);
    }
    String whole = target.substring(slash + 1);
    int dot = whole.indexOf('.');
    String name = dot < 0 ? whole : whole.substring(0, dot);
    String place = dot < 0 ? namespace : whole.substring(dot + 1);
    ObjectNode object;
    try {
      object = api.get(type, place, name);
    } catch (KubeException e) {
      throw new Refusal("istioctl.nothing", e.getMessage(), place);
    }
    if (type.equals(ResourceTypes.POD)) {
      return of(object);
    }
    JsonNode selector =
        type.equals(ResourceTypes.SERVICE)
            ? object.at("/spec/selector")
            : object.at("/spec/selector/matchLabels");
    String labels = LabelSelector.of(Meta.texts(selector)).toString();
    List<ObjectNode> pods =
        labels.isEmpty() ? List.of() : api.list(ResourceTypes.POD, place, labels).items();
    return pods.stream()
        .filter(ProxyPod::runs)
        .findFirst()
        .map(ProxyPod::of)
        .orElseThrow(() -> new Refusal("istioctl.nopod", target));
  }

  private static boolean runs(ObjectNode pod) {
    return pod.at("/status/phase").asText().equals("Running")
        && !pod.path("metadata").has("deletionTimestamp");
  }

  private static ProxyPod of(ObjectNode pod) {
    ProxyPod found =
        new ProxyPod(Meta.name(pod), Meta.namespace(pod), pod.at("/status/podIP").asText(""));
    boolean proxy = false;
    for (JsonNode container : pod.at("/spec/containers")) {
      proxy |= container.path("name").asText().equals("istio-proxy");
    }
    if (!proxy || !runs(pod)) {
      throw new Refusal("istioctl.noproxy", found.name() + "." + found.namespace());
    }
    return found;
  }
}
