package theater.gateway.mesh;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SequencedMap;
import theater.gateway.CinemaService;

/// The page's view of the routing, `GET /traffic-weights`.
public final class TrafficWeights {
  private TrafficWeights() {}

  /// @param routing null: the API server is not reached
  /// @param reason why not; null when it is
  public static ObjectNode json(Routing routing, String reason) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    for (CinemaService service : CinemaService.values()) {
      ObjectNode json = all.putObject(service.id());
      json.putNull("ctx1").putNull("ctx2");
      if (routing == null) {
        json.put("found", false)
            .put("unknown", true)
            .put("reason", reason)
            .putNull("rule")
            .putNull("canary")
            .putArray("faults");
      } else {
        write(routing.of(service), json);
      }
    }
    return all;
  }

  private static void write(ServiceRouting routing, ObjectNode json) {
    SequencedMap<String, Double> weights = routing.weights();
    if (!weights.isEmpty()) {
      json.put("ctx1", 0).put("ctx2", 0);
      weights.forEach((context, share) -> number(json, context, share));
    }
    json.put("found", routing.rule() != null)
        .put("rule", routing.rule())
        .put("canary", routing.canary());
    var faults = json.putArray("faults");
    routing.faults().forEach(active -> write(active, faults.addObject()));
  }

  private static void write(ServiceRouting.ActiveFault active, ObjectNode json) {
    switch (active.fault()) {
      case Fault.Delay delay ->
          number(
              number(json.put("kind", "delay"), "percent", delay.percent()),
              "delayMs",
              delay.delayMs());
      case Fault.Abort abort ->
          number(json.put("kind", "abort"), "percent", abort.percent())
              .put("status", abort.status());
    }
    if (active.match() != null) {
      json.put("match", active.match());
    }
  }

  /// Whole numbers without a fraction, others with one digit.
  private static ObjectNode number(ObjectNode json, String name, double value) {
    double rounded = Math.round(value * 10) / 10.0;
    return rounded == Math.rint(rounded) ? json.put(name, (long) rounded) : json.put(name, rounded);
  }
}
