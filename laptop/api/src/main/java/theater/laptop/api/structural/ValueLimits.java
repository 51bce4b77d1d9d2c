package theater.laptop.api.structural;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import theater.laptop.api.status.Cause;
import theater.laptop.schemas.Limits;

/// The bounds that a schema sets for a value. Most of them are what Istio's definitions have, too:
/// [LimitCheck].
final class ValueLimits {
  private ValueLimits() {}

  static void check(JsonNode value, JsonNode schema, String path, List<Cause> causes) {
    boolean above = schema.path("exclusiveMinimum").asBoolean();
    boolean below = schema.path("exclusiveMaximum").asBoolean();
    LimitCheck.check(
        value,
        new Limits(
            above ? null : number(schema, "minimum"),
            below ? null : number(schema, "maximum"),
            size(schema, "minLength"),
            size(schema, "maxLength"),
            size(schema, "minItems"),
            size(schema, "maxItems"),
            size(schema, "minProperties"),
            size(schema, "maxProperties"),
            schema.hasNonNull("pattern") ? schema.get("pattern").asText() : null),
        path,
        causes);
    if (!value.isNumber()) {
      return;
    }
    BigDecimal number = value.decimalValue();
    if (above && number.compareTo(schema.path("minimum").decimalValue()) <= 0) {
      bad(path, value, "should be greater than " + schema.path("minimum"), causes);
    }
    if (below && number.compareTo(schema.path("maximum").decimalValue()) >= 0) {
      bad(path, value, "should be less than " + schema.path("maximum"), causes);
    }
    BigDecimal multiple = schema.path("multipleOf").decimalValue();
    if (multiple.signum() > 0 && number.remainder(multiple).signum() != 0) {
      bad(path, value, "should be a multiple of " + schema.path("multipleOf"), causes);
    }
  }

  private static void bad(String path, JsonNode value, String why, List<Cause> causes) {
    causes.add(Cause.invalid(path, value.toString(), path + " in body " + why));
  }

  private static Double number(JsonNode schema, String field) {
    return schema.path(field).isNumber() ? Double.valueOf(schema.get(field).doubleValue()) : null;
  }

  private static Integer size(JsonNode schema, String field) {
    return schema.path(field).isNumber() ? Integer.valueOf(schema.get(field).intValue()) : null;
  }
}
