package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import theater.kube.Meta;

/// The downward API: a pod's own fields and a container's resources (Kubernetes:
/// ObjectFieldSelector, ResourceFieldSelector).
final class FieldReference {
  private static final Pattern SUBSCRIPT =
      Pattern.compile("metadata\\.(labels|annotations)\\['([^']*)'\\]");
  private static final Map<String, BigDecimal> UNITS =
      Map.ofEntries(
          Map.entry("", BigDecimal.ONE),
          Map.entry("m", new BigDecimal("0.001")),
          Map.entry("k", BigDecimal.valueOf(1000)),
          Map.entry("M", BigDecimal.valueOf(1_000_000)),
          Map.entry("G", BigDecimal.valueOf(1_000_000_000)),
          Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
          Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
          Map.entry("Gi", BigDecimal.valueOf(1L << 30)));

  private FieldReference() {}

  /// @param path `metadata.name`, `metadata.labels['app']`, `status.podIP` …
  static String field(PodPlace place, String nodeName, String path) {
    JsonNode pod = place.pod();
    Matcher subscript = SUBSCRIPT.matcher(path);
    if (subscript.matches()) {
      return pod.path("metadata").path(subscript.group(1)).path(subscript.group(2)).asText("");
    }
    return switch (path) {
      case "metadata.name" -> Meta.name(pod);
      case "metadata.namespace" -> Meta.namespace(pod);
      case "metadata.uid" -> Meta.uid(pod);
      case "metadata.labels" -> lines(Meta.labels(pod));
      case "metadata.annotations" -> lines(Meta.annotations(pod));
      case "spec.nodeName" -> nodeName;
      case "spec.serviceAccountName" ->
          pod.path("spec").path("serviceAccountName").asText("default");
      case "status.podIP", "status.podIPs" -> place.podIp();
      case "status.hostIP", "status.hostIPs" -> "127.0.0.1";
      default -> throw new ContainerConfigException("field label not supported: " + path);
    };
  }

  /// @param resource `limits.memory`, `requests.cpu` …
  static String resource(JsonNode container, String resource, String divisor) {
    String[] path = resource.split("\\.", 2);
    JsonNode quantity =
        container.path("resources").path(path[0]).path(path.length > 1 ? path[1] : "");
    if (quantity.isMissingNode()) {
      quantity = container.path("resources").path("limits").path(path.length > 1 ? path[1] : "");
    }
    BigDecimal value = number(quantity.asText("0"));
    BigDecimal unit = divisor.isEmpty() || divisor.equals("0") ? BigDecimal.ONE : number(divisor);
    return value.divide(unit, 0, RoundingMode.CEILING).toPlainString();
  }

  private static BigDecimal number(String quantity) {
    Matcher parts = Pattern.compile("([0-9.]+)([A-Za-z]*)").matcher(quantity);
    if (!parts.matches() || !UNITS.containsKey(parts.group(2))) {
      throw new ContainerConfigException(
          "quantity is \"" + quantity + "\"; expected a number with m, k, M, G, Ki, Mi or Gi");
    }
    return new BigDecimal(parts.group(1)).multiply(UNITS.get(parts.group(2)));
  }

  private static String lines(Map<String, String> map) {
    return map.entrySet().stream()
        .map(entry ->
            entry.getKey()
                + "=\""
                + entry.getValue().replace("\\", "\\\\").replace("\"", "\\\"")
                + "\"")
        .collect(Collectors.joining("\n"));
  }
}
