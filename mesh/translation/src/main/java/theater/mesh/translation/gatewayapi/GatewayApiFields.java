package theater.mesh.translation.gatewayapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import theater.mesh.translation.spec.ModelledFields;

/// The fields of the Gateway API's kinds that have an effect.
final class GatewayApiFields {
  private static final List<String> PARENT =
      List.of("group", "kind", "namespace", "name", "sectionName", "port");
  private static final List<String> BACKEND = List.of("group", "kind", "namespace", "name", "port");
  private static final List<String> HEADERS =
      List.of("set[].name", "set[].value", "add[].name", "add[].value", "remove[]");

  private GatewayApiFields() {}

  static Map<String, ModelledFields> all() {
    return Map.of(
        "GatewayClass", ModelledFields.of(List.of("controllerName", "description")),
        "Gateway", ModelledFields.of(gateway()),
        "HTTPRoute", ModelledFields.of(http()),
        "GRPCRoute", ModelledFields.of(grpc()),
        "ReferenceGrant", ModelledFields.of(List.of("from[].**", "to[].**")));
  }

  private static List<String> gateway() {
    return List.of(
        "gatewayClassName",
        "addresses[].type",
        "addresses[].value",
        "listeners[].name",
        "listeners[].hostname",
        "listeners[].port",
        "listeners[].protocol",
        "listeners[].tls.mode",
        "listeners[].tls.certificateRefs[].group",
        "listeners[].tls.certificateRefs[].kind",
        "listeners[].tls.certificateRefs[].name",
        "listeners[].tls.certificateRefs[].namespace",
        "listeners[].tls.options.*",
        "listeners[].allowedRoutes.kinds[].group",
        "listeners[].allowedRoutes.kinds[].kind",
        "listeners[].allowedRoutes.namespaces.from",
        "listeners[].allowedRoutes.namespaces.selector.matchLabels.*",
        "listeners[].allowedRoutes.namespaces.selector.matchExpressions[].**");
  }

  private static List<String> common() {
    List<String> result = new ArrayList<>(List.of("hostnames[]", "rules[].name"));
    PARENT.forEach(field -> result.add("parentRefs[]." + field));
    result.add("rules[].backendRefs[].weight");
    BACKEND.forEach(field -> result.add("rules[].backendRefs[]." + field));
    for (String place : List.of("rules[].", "rules[].backendRefs[].")) {
      result.add(place + "filters[].type");
      HEADERS.forEach(field -> {
        result.add(place + "filters[].requestHeaderModifier." + field);
        result.add(place + "filters[].responseHeaderModifier." + field);
      });
    }
    BACKEND.forEach(field -> result.add("rules[].filters[].requestMirror.backendRef." + field));
    result.add("rules[].filters[].requestMirror.percent");
    result.add("rules[].filters[].requestMirror.fraction.**");
    result.add("rules[].matches[].headers[].**");
    return result;
  }

  private static List<String> http() {
    List<String> result = common();
    result.addAll(
        List.of(
            "rules[].matches[].path.**",
            "rules[].matches[].queryParams[].**",
            "rules[].matches[].method",
            "rules[].filters[].requestRedirect.**",
            "rules[].filters[].urlRewrite.**",
            "rules[].filters[].cors.**",
            "rules[].timeouts.**",
            "rules[].retry.**"));
    return result;
  }

  private static List<String> grpc() {
    List<String> result = common();
    result.add("rules[].matches[].method.**");
    return result;
  }
}
