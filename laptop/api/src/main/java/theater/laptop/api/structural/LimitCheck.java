package theater.laptop.api.structural;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import theater.laptop.api.status.Cause;
import theater.laptop.schemas.Limits;

/// Bounds of a value, in the words of a real server.
public final class LimitCheck {
  private LimitCheck() {}

  /// @param limits null for none
  public static void check(JsonNode value, Limits limits, String path, List<Cause> causes) {
    if (limits == null) {
      return;
    }
    if (value.isNumber()) {
      number(value, limits, path, causes);
    } else if (value.isTextual()) {
      text(value, limits, path, causes);
    } else if (value.isArray()) {
      size(value.size(), limits.minItems(), limits.maxItems(), path, "items", causes);
    } else if (value.isObject()) {
      size(
          value.size(), limits.minProperties(), limits.maxProperties(), path, "properties", causes);
    }
  }

  private static void number(JsonNode value, Limits limits, String path, List<Cause> causes) {
    if (limits.minimum() != null && value.doubleValue() < limits.minimum()) {
      causes.add(bad(path, value, "should be greater than or equal to " + whole(limits.minimum())));
    }
    if (limits.maximum() != null && value.doubleValue() > limits.maximum()) {
      causes.add(bad(path, value, "should be less than or equal to " + whole(limits.maximum())));
    }
  }

  private static void text(JsonNode value, Limits limits, String path, List<Cause> causes) {
    String text = value.asText();
    int length = text.codePointCount(0, text.length());
    if (limits.minLength() != null && length < limits.minLength()) {
      causes.add(bad(path, value, "should be at least " + limits.minLength() + " chars long"));
    }
    if (limits.maxLength() != null
        && text.getBytes(StandardCharsets.UTF_8).length > limits.maxLength()) {
      causes.add(
          new Cause(
              "FieldValueTooLong",
              "Too long: may not be more than " + limits.maxLength() + " bytes",
              path));
    }
    if (limits.pattern() != null && !Pattern.compile(limits.pattern()).matcher(text).find()) {
      causes.add(bad(path, value, "should match '" + limits.pattern() + "'"));
    }
  }

  private static void size(
      int size, Integer least, Integer most, String path, String what, List<Cause> causes) {
    if (least != null && size < least) {
      causes.add(
          Cause.invalid(
              path,
              Integer.toString(size),
              path + " in body should have at least " + least + " " + what));
    }
    if (most != null && size > most) {
      causes.add(
          new Cause(
              "FieldValueTooMany",
              "Too many: " + size + ": must have at most " + most + " items",
              path));
    }
  }

  private static Cause bad(String path, JsonNode value, String why) {
    return Cause.invalid(path, value.toString(), path + " in body " + why);
  }

  private static String whole(double number) {
    return number == Math.rint(number)
        ? Long.toString((long) number)
        : java.math.BigDecimal.valueOf(number).toPlainString();
  }
}
