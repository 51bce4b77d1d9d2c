package theater.laptop.api.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Pattern;
import theater.laptop.api.json.Json;
import theater.laptop.api.status.Cause;

/// What must be right in how a Deployment is rolled out.
final class StrategyChecks {
  private static final Pattern PERCENT = Pattern.compile("[0-9]+%");
  private static final int WHOLE = 100;

  private StrategyChecks() {}

  /// @param spec of the Deployment
  static void check(JsonNode spec, List<Cause> causes) {
    JsonNode strategy = spec.path("strategy");
    JsonNode rolling = strategy.path("rollingUpdate");
    switch (Json.text(strategy, "type")) {
      case "Recreate" -> {
        if (rolling.isObject()) {
          causes.add(
              Cause.forbidden(
                  "spec.strategy.rollingUpdate",
                  "may not be specified when strategy `type` is 'Recreate'"));
        }
      }
      case "RollingUpdate" -> rolling(rolling, "spec.strategy.rollingUpdate", causes);
      default ->
          causes.add(
              Cause.unsupported(
                  "spec.strategy", internal(strategy), List.of("Recreate", "RollingUpdate")));
    }
    int deadline = spec.path("progressDeadlineSeconds").asInt();
    if (deadline <= spec.path("minReadySeconds").asInt()) {
      causes.add(
          Cause.invalid(
              "spec.progressDeadlineSeconds",
              Integer.toString(deadline),
              "must be greater than minReadySeconds"));
    }
  }

  /// As the real server prints it: its own names of the fields.
  private static String internal(JsonNode strategy) {
    ObjectNode printed = Json.object().put("Type", Json.text(strategy, "type"));
    if (strategy.get("rollingUpdate") instanceof ObjectNode rolling) {
      ObjectNode amounts = printed.putObject("RollingUpdate");
      amounts.set("MaxUnavailable", rolling.get("maxUnavailable"));
      amounts.set("MaxSurge", rolling.get("maxSurge"));
    } else {
      printed.putNull("RollingUpdate");
    }
    return printed.toString();
  }

  private static void rolling(JsonNode rolling, String path, List<Cause> causes) {
    JsonNode unavailable = rolling.path("maxUnavailable");
    JsonNode surge = rolling.path("maxSurge");
    amount(unavailable, path + ".maxUnavailable", causes);
    amount(surge, path + ".maxSurge", causes);
    if (number(unavailable) == 0 && number(surge) == 0) {
      causes.add(
          Cause.invalid(
              path + ".maxUnavailable",
              unavailable.toString(),
              "may not be 0 when `maxSurge` is 0"));
    }
    if (unavailable.isTextual() && number(unavailable) > WHOLE) {
      causes.add(
          Cause.invalid(
              path + ".maxUnavailable", unavailable.toString(), "must not be greater than 100%"));
    }
  }

  private static void amount(JsonNode value, String path, List<Cause> causes) {
    if (value.isTextual() && !PERCENT.matcher(value.asText()).matches()) {
      causes.add(
          Cause.invalid(
              path,
              value.toString(),
              "a valid percent string must be a numeric string followed by an ending '%'"
                  + " (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')"));
    } else if (value.isNumber() && value.asLong() < 0) {
      causes.add(Cause.invalid(path, value.toString(), "must be greater than or equal to 0"));
    }
  }

  /// What a number or a percentage says; what is neither counts as nothing.
  private static long number(JsonNode value) {
    String text = value.asText("0");
    String digits = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
    return digits.matches("\\d{1,9}") ? Long.parseLong(digits) : 0;
  }
}
