package theater.laptop.api.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import theater.kube.Quantity;
import theater.laptop.api.status.Cause;

/// What must be right in a container's `resources`.
final class ResourceChecks {
  private ResourceChecks() {}

  /// @param path of the container's `resources`
  static void check(JsonNode resources, String path, List<Cause> causes) {
    for (String part : List.of("limits", "requests")) {
      for (Map.Entry<String, JsonNode> entry : resources.path(part).properties()) {
        JsonNode limit = resources.path("limits").path(entry.getKey());
        if (amount(entry.getValue()).orElse(0) < 0) {
          causes.add(
              Cause.invalid(
                  path + "." + part,
                  Names.quote(entry.getValue().asText()),
                  "must be greater than or equal to 0"));
        } else if (part.equals("requests") && more(entry.getValue(), limit)) {
          causes.add(
              Cause.invalid(
                  path + ".requests",
                  Names.quote(entry.getValue().asText()),
                  "must be less than or equal to "
                      + entry.getKey()
                      + " limit of "
                      + limit.asText()));
        }
      }
    }
  }

  private static boolean more(JsonNode request, JsonNode limit) {
    OptionalLong most = amount(limit);
    return most.isPresent() && amount(request).orElse(0) > most.getAsLong();
  }

  /// In thousandths: processors are asked for by these.
  private static OptionalLong amount(JsonNode quantity) {
    return Quantity.milli(quantity);
  }
}
