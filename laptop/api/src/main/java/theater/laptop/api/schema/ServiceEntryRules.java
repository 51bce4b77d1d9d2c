package theater.laptop.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import theater.laptop.api.status.Cause;

/// The CEL rules of ServiceEntry.
final class ServiceEntryRules {
  private ServiceEntryRules() {}

  static void check(JsonNode spec, String path, List<Cause> causes) {
    if (!path.equals("spec")) {
      return;
    }
    String resolution = spec.path("resolution").asText("NONE");
    CustomRules.atMostOne(
        spec,
        List.of("workloadSelector", "endpoints"),
        "only one of WorkloadSelector or Endpoints can be set",
        path,
        causes);
    boolean range = false;
    for (JsonNode address : spec.path("addresses")) {
      range |= address.asText("").contains("/");
    }
    if (range && !Set.of("STATIC", "NONE").contains(resolution)) {
      CustomRules.whole(
          "CIDR addresses are allowed only for NONE/STATIC resolution types", path, causes);
    }
    if (resolution.equals("NONE") && spec.has("endpoints")) {
      CustomRules.whole("NONE mode cannot set endpoints", path, causes);
    }
    if (resolution.equals("DNS_ROUND_ROBIN") && spec.path("endpoints").size() > 1) {
      CustomRules.whole("DNS_ROUND_ROBIN mode cannot have multiple endpoints", path, causes);
    }
    for (int i = 0; i < spec.path("hosts").size(); i++) {
      if (spec.path("hosts").get(i).asText("").equals("*")) {
        CustomRules.value(
            spec.path("hosts").get(i),
            "hostname cannot be wildcard",
            path + ".hosts[" + i + "]",
            causes);
      }
    }
    Set<Long> numbers = new HashSet<>();
    boolean twice = false;
    for (JsonNode port : spec.path("ports")) {
      twice |= !numbers.add(port.path("number").asLong());
    }
    if (twice) {
      CustomRules.whole("port number cannot be duplicated", path + ".ports", causes);
    }
  }
}
