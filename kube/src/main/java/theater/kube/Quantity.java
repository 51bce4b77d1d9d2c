package theater.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An amount as manifests write it: `100m`, `0.5`, `256Mi`, `1e3` (Kubernetes: resource.Quantity).
public final class Quantity {
  private static final Pattern FORM =
      Pattern.compile("([+-]?[0-9]*\\.?[0-9]*(?:[eE][+-]?[0-9]+)?)(n|u|m|k|M|G|T|P|E|[KMGTPE]i)?");
  private static final Map<String, BigDecimal> SUFFIXES =
      Map.ofEntries(
          Map.entry("n", new BigDecimal("1e-9")),
          Map.entry("u", new BigDecimal("1e-6")),
          Map.entry("m", new BigDecimal("1e-3")),
          Map.entry("k", new BigDecimal("1e3")),
          Map.entry("M", new BigDecimal("1e6")),
          Map.entry("G", new BigDecimal("1e9")),
          Map.entry("T", new BigDecimal("1e12")),
          Map.entry("P", new BigDecimal("1e15")),
          Map.entry("E", new BigDecimal("1e18")),
          Map.entry("Ki", binary(1)),
          Map.entry("Mi", binary(2)),
          Map.entry("Gi", binary(3)),
          Map.entry("Ti", binary(4)),
          Map.entry("Pi", binary(5)),
          Map.entry("Ei", binary(6)));

  private Quantity() {}

  private static BigDecimal binary(int power) {
    return BigDecimal.valueOf(1024).pow(power);
  }

  /// In thousandths, rounded up; empty when it is absent or no quantity. For processors.
  public static OptionalLong milli(JsonNode quantity) {
    return scaled(quantity, 3);
  }

  /// In whole units, rounded up; empty when it is absent or no quantity. For bytes.
  public static OptionalLong value(JsonNode quantity) {
    return scaled(quantity, 0);
  }

  private static OptionalLong scaled(JsonNode quantity, int digits) {
    if (!quantity.isValueNode() || quantity.isNull()) {
      return OptionalLong.empty();
    }
    Matcher form = FORM.matcher(quantity.asText().strip());
    if (!form.matches()) {
      return OptionalLong.empty();
    }
    try {
      BigDecimal number = new BigDecimal(form.group(1));
      if (form.group(2) != null) {
        number = number.multiply(SUFFIXES.get(form.group(2)));
      }
      return OptionalLong.of(
          number.movePointRight(digits).setScale(0, RoundingMode.CEILING).longValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
