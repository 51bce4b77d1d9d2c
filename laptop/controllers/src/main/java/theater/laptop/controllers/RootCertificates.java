package theater.laptop.controllers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import theater.kube.KubeApi;
import theater.kube.ResourceTypes;

/// The root certificate in every namespace: the API server's, as by Kubernetes' publisher, and the
/// mesh's, as by istiod. Here both are signed by one root.
///
/// @param pem empty to publish nothing
record RootCertificates(KubeApi api, String pem) {
  static final List<String> NAMES = List.of("kube-root-ca.crt", "istio-ca-root-cert");

  /// Istio leaves Kubernetes' own namespaces alone.
  private static final Set<String> WITHOUT_MESH =
      Set.of("kube-system", "kube-public", "kube-node-lease");

  private static final String DESCRIPTION =
      "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or"
          + " kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.";

  /// Makes what is missing, and takes changes back.
  void publish(String namespace) {
    if (pem.isEmpty()) {
      return;
    }
    ObjectNode kube = map(namespace, NAMES.getFirst(), "ca.crt");
    ((ObjectNode) kube.path("metadata"))
        .putObject("annotations")
        .put("kubernetes.io/description", DESCRIPTION);
    write(kube);
    if (!WITHOUT_MESH.contains(namespace)) {
      ObjectNode mesh = map(namespace, NAMES.getLast(), "root-cert.pem");
      ((ObjectNode) mesh.path("metadata")).putObject("labels").put("istio.io/config", "true");
      write(mesh);
    }
  }

  private ObjectNode map(String namespace, String name, String key) {
    ObjectNode map =
        JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
    map.putObject("metadata").put("name", name).put("namespace", namespace);
    map.putObject("data").put(key, pem);
    return map;
  }

  private void write(ObjectNode map) {
    String namespace = map.path("metadata").path("namespace").asText();
    String name = map.path("metadata").path("name").asText();
    ObjectNode present = Found.get(api, ResourceTypes.CONFIG_MAP, namespace, name).orElse(null);
    if (present == null) {
      api.create(ResourceTypes.CONFIG_MAP, map);
    } else if (!present.path("data").equals(map.path("data"))) {
      ObjectNode next = present.deepCopy();
      next.set("data", map.path("data"));
      api.update(ResourceTypes.CONFIG_MAP, next);
    }
  }
}
