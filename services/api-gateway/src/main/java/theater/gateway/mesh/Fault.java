package theater.gateway.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// Istio: HTTPFaultInjection, one delay or abort in force.
public sealed interface Fault {

  /// Share of the requests, in percent.
  double percent();

  /// Requests wait in the caller's Envoy.
  record Delay(double percent, double delayMs) implements Fault {}

  /// The caller's Envoy answers.
  ///
  /// @param status null for a gRPC abort
  record Abort(double percent, Integer status) implements Fault {}

  /// A fault without a percentage, or of 0, acts on no request and is left out.
  static List<Fault> of(JsonNode fault) {
    List<Fault> faults = new ArrayList<>();
    JsonNode delay = fault.path("delay");
    if (percent(delay) > 0 && delay.hasNonNull("fixedDelay")) {
      faults.add(
          new Delay(percent(delay), GoDuration.milliseconds(delay.get("fixedDelay").asText())));
    }
    JsonNode abort = fault.path("abort");
    if (percent(abort) > 0) {
      faults.add(
          new Abort(
              percent(abort),
              abort.hasNonNull("httpStatus") ? abort.get("httpStatus").asInt() : null));
    }
    return List.copyOf(faults);
  }

  private static double percent(JsonNode part) {
    return part.path("percentage").has("value")
        ? part.get("percentage").get("value").asDouble()
        : part.path("percent").asDouble();
  }
}
