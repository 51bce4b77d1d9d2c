package theater.laptop.api.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import theater.laptop.api.json.Json;

/// Puts the container `istio-proxy` into a pod, as Istio's injection does. Pure.
///
/// A pod gets one when its namespace has `istio-injection: enabled` or `istio.io/rev: default`,
/// unless its label or annotation `sidecar.istio.io/inject` says `false`. In a namespace with
/// neither label it gets one when its own label `sidecar.istio.io/inject` says `true`, or
/// `istio.io/rev` says `default`. A pod that brings its own `istio-proxy` (a gateway) keeps it.
public final class SidecarInjector {
  private static final String NAME = "istio-proxy";
  private static final String IMAGE = "docker.io/istio/proxyv2:1.29.6";
  private static final String INJECT = "sidecar.istio.io/inject";
  private static final String REVISION = "istio.io/rev";
  private static final String DEFAULT = "default";

  private SidecarInjector() {}

  /// Changes the pod in place. @param namespaceLabels labels of its namespace, missing node for
  /// none
  public static void inject(ObjectNode pod, JsonNode namespaceLabels) {
    ObjectNode spec = Json.child(pod, "spec");
    if (!wanted(pod, namespaceLabels)
        || !(spec.get("containers") instanceof ArrayNode containers)
        || has(containers)) {
      return;
    }
    ObjectNode metadata = Json.metadata(pod);
    ObjectNode labels = Json.child(metadata, "labels");
    Json.putIfAbsent(labels, "security.istio.io/tlsMode", "istio");
    Json.putIfAbsent(labels, "service.istio.io/canonical-name", canonicalName(pod, labels));
    String revision = Json.text(labels, "app.kubernetes.io/version");
    Json.putIfAbsent(
        labels,
        "service.istio.io/canonical-revision",
        revision.isEmpty() ? version(labels) : revision);
    ObjectNode annotations = Json.child(metadata, "annotations");
    annotations.put(
        "sidecar.istio.io/status",
        "{\"containers\":[\"" + NAME + "\"],\"revision\":\"" + DEFAULT + "\"}");
    String first = Json.text(containers.path(0), "name");
    Json.putIfAbsent(annotations, "kubectl.kubernetes.io/default-container", first);
    Json.putIfAbsent(annotations, "kubectl.kubernetes.io/default-logs-container", first);
    ObjectNode container = containers.addObject().put("name", NAME).put("image", IMAGE);
    container.putArray("args").add("proxy").add("sidecar");
    ObjectNode resources = container.putObject("resources");
    resources.putObject("requests").put("cpu", "100m").put("memory", "128Mi");
    resources.putObject("limits").put("cpu", "2").put("memory", "1Gi");
    ObjectNode port = container.putArray("ports").addObject();
    port.put("containerPort", 15090).put("name", "http-envoy-prom").put("protocol", "TCP");
    ObjectNode probe = container.putObject("readinessProbe");
    probe.putObject("httpGet").put("path", "/ready").put("port", 15000);
    probe.put("periodSeconds", 1).put("failureThreshold", 30);
  }

  private static boolean wanted(ObjectNode pod, JsonNode namespaceLabels) {
    JsonNode labels = pod.path("metadata").path("labels");
    String own = Json.text(labels, INJECT);
    String said = own.isEmpty() ? Json.text(pod, "metadata", "annotations", INJECT) : own;
    if (pod.path("spec").path("hostNetwork").asBoolean() || said.equals("false")) {
      return false;
    }
    if (namespaceLabels.hasNonNull("istio-injection")) {
      return Json.text(namespaceLabels, "istio-injection").equals("enabled");
    }
    if (namespaceLabels.hasNonNull(REVISION)) {
      return Json.text(namespaceLabels, REVISION).equals(DEFAULT);
    }
    return labels.hasNonNull(REVISION)
        ? Json.text(labels, REVISION).equals(DEFAULT)
        : own.equals("true");
  }

  private static boolean has(ArrayNode containers) {
    for (JsonNode container : containers) {
      if (Json.text(container, "name").equals(NAME)) {
        return true;
      }
    }
    return false;
  }

  private static String canonicalName(ObjectNode pod, ObjectNode labels) {
    for (String label : new String[] {"app.kubernetes.io/name", "app"}) {
      if (!Json.text(labels, label).isEmpty()) {
        return Json.text(labels, label);
      }
    }
    String generated = Json.text(pod, "metadata", "generateName");
    return generated.isEmpty() ? Json.name(pod) : generated.replaceFirst("(-[a-z0-9]+)?-$", "");
  }

  private static String version(ObjectNode labels) {
    String version = Json.text(labels, "version");
    return version.isEmpty() ? "latest" : version;
  }
}
