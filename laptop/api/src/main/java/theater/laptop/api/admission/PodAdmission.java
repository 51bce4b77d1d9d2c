package theater.laptop.api.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import theater.laptop.api.json.Json;

/// What admission plugins put into a new pod: the volume of its service account's token
/// (Kubernetes: ServiceAccount) and how long it stays on a node that is lost
/// (DefaultTolerationSeconds). Pure but for the volume's random name.
final class PodAdmission {
  private static final String VOLUME = "kube-api-access-";
  private static final String MOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
  private static final int LOST_SECONDS = 300;
  private static final int TOKEN_SECONDS = 3607;

  private PodAdmission() {}

  /// Changes the spec in place. @param account its ServiceAccount, missing node for none
  static void complete(ObjectNode spec, JsonNode account) {
    boolean usual = account.path("automountServiceAccountToken").asBoolean(true);
    if (spec.path("automountServiceAccountToken").asBoolean(usual)) {
      mountToken(spec);
    }
    tolerate(spec, "node.kubernetes.io/not-ready");
    tolerate(spec, "node.kubernetes.io/unreachable");
  }

  private static void tolerate(ObjectNode spec, String taint) {
    for (JsonNode toleration : spec.path("tolerations")) {
      if (List.of("", taint).contains(Json.text(toleration, "key"))
          && List.of("", "NoExecute").contains(Json.text(toleration, "effect"))) {
        return;
      }
    }
    list(spec, "tolerations")
        .addObject()
        .put("key", taint)
        .put("operator", "Exists")
        .put("effect", "NoExecute")
        .put("tolerationSeconds", LOST_SECONDS);
  }

  private static void mountToken(ObjectNode spec) {
    String name = "";
    for (JsonNode volume : spec.path("volumes")) {
      if (Json.text(volume, "name").startsWith(VOLUME)) {
        name = Json.text(volume, "name");
      }
    }
    boolean there = !name.isEmpty();
    name = there ? name : GeneratedName.of(VOLUME);
    boolean used = false;
    for (String list : List.of("initContainers", "containers")) {
      for (JsonNode container : spec.path(list)) {
        used |= container instanceof ObjectNode object && mount(object, name);
      }
    }
    if (used && !there) {
      list(spec, "volumes").addObject().put("name", name).set("projected", token());
    }
  }

  /// @return whether it did: a mount of its own at that path stays
  private static boolean mount(ObjectNode container, String volume) {
    for (JsonNode mount : container.path("volumeMounts")) {
      if (Json.text(mount, "mountPath").equals(MOUNT)) {
        return false;
      }
    }
    list(container, "volumeMounts")
        .addObject()
        .put("name", volume)
        .put("readOnly", true)
        .put("mountPath", MOUNT);
    return true;
  }

  private static ObjectNode token() {
    ObjectNode projected = Json.object().put("defaultMode", 0644);
    ArrayNode sources = projected.putArray("sources");
    sources
        .addObject()
        .putObject("serviceAccountToken")
        .put("expirationSeconds", TOKEN_SECONDS)
        .put("path", "token");
    ObjectNode certificate = sources.addObject().putObject("configMap");
    certificate.put("name", "kube-root-ca.crt");
    certificate.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
    ObjectNode namespace =
        sources.addObject().putObject("downwardAPI").putArray("items").addObject();
    namespace.put("path", "namespace");
    namespace.putObject("fieldRef").put("apiVersion", "v1").put("fieldPath", "metadata.namespace");
    return projected;
  }

  private static ArrayNode list(ObjectNode object, String field) {
    return object.get(field) instanceof ArrayNode array ? array : object.putArray(field);
  }
}
