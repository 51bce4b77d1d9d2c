package theater.laptop.istioctl;

import com.fasterxml.jackson.databind.JsonNode;

/// `proxy-config bootstrap -o short`.
final class Bootstrap {
  private Bootstrap() {}

  static String summary(Dump dump) {
    JsonNode node = dump.section("BootstrapConfigDump").at("/bootstrap/node");
    JsonNode build = node.path("user_agent_build_version");
    JsonNode version = build.path("version");
    StringBuilder envoy =
        new StringBuilder()
            .append(version.path("major_number").asInt())
            .append('.')
            .append(version.path("minor_number").asInt())
            .append('.')
            .append(version.path("patch").asInt());
    append(envoy, "-", build, "build.label");
    append(envoy, "/", build, "revision.status");
    append(envoy, "/", build, "build.type");
    append(envoy, "/", build, "ssl.version");
    String istio = node.at("/metadata/ISTIO_VERSION").asText("");
    return (istio.isEmpty() ? "" : "Istio Version: " + istio + "\n")
        + "Envoy Version: "
        + envoy
        + "\n";
  }

  private static void append(StringBuilder text, String before, JsonNode build, String key) {
    String value = build.path("metadata").path(key).asText("");
    if (!value.isEmpty()) {
      text.append(before).append(value);
    }
  }
}
