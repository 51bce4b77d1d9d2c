package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import theater.kube.Meta;
import theater.laptop.plan.AddressPlan;

/// A container's environment: what Kubernetes gives, the image's, `envFrom`, `env`; a later one
/// wins. Nothing of the agent's own.
final class Environment {
  private final PodPlace place;
  private final NodeConfig config;
  private final Sources sources;

  Environment(PodPlace place, NodeConfig config, Sources sources) {
    this.place = place;
    this.config = config;
    this.sources = sources;
  }

  /// @throws ContainerConfigException when a ConfigMap, Secret or key is missing that is not
  ///   optional
  Map<String, String> of(JsonNode container, Image image) {
    MountPaths mounts = new MountPaths(place, container);
    Map<String, String> env = new LinkedHashMap<>(ServiceLinks.of(place, sources.services()));
    env.putAll(given(container));
    env.putAll(image.env());
    for (JsonNode from : container.path("envFrom")) {
      String prefix = from.path("prefix").asText("");
      contents(
              from.has("secretRef") ? "secret" : "configmap",
              from.has("secretRef") ? from.path("secretRef") : from.path("configMapRef"))
          .forEach((name, value) -> env.put(prefix + name, value));
    }
    for (JsonNode variable : container.path("env")) {
      String name = variable.path("name").asText();
      if (variable.has("valueFrom")) {
        value(container, variable.path("valueFrom")).ifPresent(value -> env.put(name, value));
      } else {
        env.put(name, Expansion.expand(variable.path("value").asText(""), env));
      }
    }
    env.replaceAll((name, value) -> mounts.rewrite(value));
    env.computeIfPresent("PATH", (_, path) -> PodTools.path(place, container, path));
    return env;
  }

  private Map<String, String> given(JsonNode container) {
    Map<String, String> env = new LinkedHashMap<>();
    env.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    env.put("LANG", "C.UTF-8");
    env.put("HOSTNAME", place.pod().path("spec").path("hostname").asText(Meta.name(place.pod())));
    env.put("HOME", place.homeFolder().toString());
    env.put("KUBERNETES_SERVICE_HOST", "127.0.0.1");
    env.put(
        "KUBERNETES_SERVICE_PORT", String.valueOf(config.plan().apiServerPort(place.context())));
    env.put(
        "KUBERNETES_SERVICE_PORT_HTTPS",
        String.valueOf(config.plan().apiServerPort(place.context())));
    env.put("KUBERNETES_NAMESPACE", Meta.namespace(place.pod()));
    if (VolumeFiles.mountsAccount(place.pod())) {
      env.put("KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN", place.account().resolve("token").toString());
      env.put("KUBERNETES_CERTS_CA_FILE", place.account().resolve("ca.crt").toString());
      env.put("KUBENAMESPACE", place.account().resolve("namespace").toString());
    }
    if (!PodPlace.isProxy(container)) {
      env.put("BIND_ADDRESS", place.application());
      env.put("ENVOY_ADMIN", place.podIp() + ":" + AddressPlan.ENVOY_ADMIN_PORT);
      env.put("THEATER_HOSTS", place.names().toString());
    }
    return env;
  }

  private Optional<String> value(JsonNode container, JsonNode from) {
    if (from.has("fieldRef")) {
      return Optional.of(
          FieldReference.field(
              place, config.nodeName(), from.path("fieldRef").path("fieldPath").asText()));
    }
    if (from.has("resourceFieldRef")) {
      JsonNode reference = from.path("resourceFieldRef");
      return Optional.of(
          FieldReference.resource(
              container,
              reference.path("resource").asText(),
              reference.path("divisor").asText("")));
    }
    boolean secret = from.has("secretKeyRef");
    JsonNode reference = from.path(secret ? "secretKeyRef" : "configMapKeyRef");
    String key = reference.path("key").asText();
    String value = contents(secret ? "secret" : "configmap", reference).get(key);
    if (value == null && !reference.path("optional").asBoolean()) {
      throw new ContainerConfigException(
          "couldn't find key "
              + key
              + " in "
              + (secret ? "Secret " : "ConfigMap ")
              + Meta.namespace(place.pod())
              + "/"
              + reference.path("name").asText());
    }
    return Optional.ofNullable(value);
  }

  private Map<String, String> contents(String kind, JsonNode reference) {
    String namespace = Meta.namespace(place.pod());
    String name = reference.path("name").asText();
    boolean secret = kind.equals("secret");
    Optional<JsonNode> found =
        secret ? sources.secret(namespace, name) : sources.configMap(namespace, name);
    if (found.isEmpty()) {
      if (reference.path("optional").asBoolean()) {
        return Map.of();
      }
      throw new ContainerConfigException(kind + " \"" + name + "\" not found");
    }
    Map<String, String> data = Meta.texts(found.get().path("data"));
    if (secret) {
      data.replaceAll(
          (key, value) -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
    }
    return data;
  }
}
