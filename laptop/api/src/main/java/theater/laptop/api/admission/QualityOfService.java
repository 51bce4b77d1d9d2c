package theater.laptop.api.admission;

import com.fasterxml.jackson.databind.JsonNode;

/// A pod's class by what its containers ask for.
final class QualityOfService {
  private QualityOfService() {}

  static String of(JsonNode spec) {
    boolean any = false;
    boolean guaranteed = true;
    for (JsonNode container : spec.path("containers")) {
      JsonNode resources = container.path("resources");
      any |= !resources.path("limits").isEmpty() || !resources.path("requests").isEmpty();
      for (String what : new String[] {"cpu", "memory"}) {
        JsonNode limit = resources.path("limits").path(what);
        guaranteed &= !limit.isMissingNode() && limit.equals(resources.path("requests").path(what));
      }
    }
    return !any ? "BestEffort" : guaranteed ? "Guaranteed" : "Burstable";
  }
}
