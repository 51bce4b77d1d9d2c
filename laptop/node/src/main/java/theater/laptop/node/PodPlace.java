package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import theater.kube.Meta;
import theater.laptop.plan.AddressPlan;
import theater.laptop.plan.HomeFolder;

/// Where one pod lives: its addresses and its folder.
record PodPlace(JsonNode pod, String podIp, String context, HomeFolder home) {
  static final String PROXY = "istio-proxy";

  /// Whether an Envoy stands before the application. Without one, the application listens at the
  /// pod IP itself.
  boolean sidecar() {
    return proxied(pod) && pod.path("spec").path("containers").size() > 1;
  }

  /// Whether the pod is an Envoy only: a gateway.
  boolean gateway() {
    return proxied(pod) && !sidecar();
  }

  static boolean proxied(JsonNode pod) {
    for (JsonNode container : pod.path("spec").path("containers")) {
      if (isProxy(container)) {
        return true;
      }
    }
    return false;
  }

  static boolean isProxy(JsonNode container) {
    return container.path("name").asText().equals(PROXY);
  }

  /// Where the application listens and probes go.
  String application() {
    return sidecar() ? AddressPlan.application(podIp) : podIp;
  }

  String admin() {
    return podIp + ":" + AddressPlan.ENVOY_ADMIN_PORT;
  }

  Path folder() {
    return home.pod(context, Meta.uid(pod));
  }

  Path log(String container) {
    return home.log(context, Meta.uid(pod), container);
  }

  Path names() {
    return folder().resolve("hosts");
  }

  Path account() {
    return folder().resolve("serviceaccount");
  }

  Path homeFolder() {
    return folder().resolve("home");
  }

  /// Programs for those that are started in the pod.
  Path tools() {
    return folder().resolve("tools");
  }

  Path bootstrap() {
    return folder().resolve("envoy.json");
  }

  /// Whether it is the volume that admission makes for the service account's files.
  static boolean ofAccount(JsonNode volume) {
    return volume.path("name").asText().startsWith("kube-api-access-");
  }

  /// A volume's folder.
  Path volume(JsonNode volume) {
    String name = volume.path("name").asText();
    if (ofAccount(volume)) {
      return account();
    }
    if (volume.has("persistentVolumeClaim")) {
      String claim = volume.path("persistentVolumeClaim").path("claimName").asText();
      return home.volumes(context).resolve(Meta.namespace(pod) + "_" + claim);
    }
    if (volume.has("hostPath")) {
      return Path.of(volume.path("hostPath").path("path").asText());
    }
    return folder().resolve("volumes").resolve(name);
  }
}
