package theater.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
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

  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
  private static final String BINARY = "KMGTPE";

  /// The suffixes for 10⁻⁹, 10⁻⁶ … 10¹⁸.
  private static final String DECIMAL = "num kMGTPE";

  private static final int NANO = 9;

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

  /// The one way to write an amount: no fraction, the largest suffix that allows it, in the family
  /// of suffixes that was used: `1024Mi` is `1Gi`, `0.5` is `500m`, `1000` is `1k`. At most nine
  /// digits after the point count, rounded up. What is no quantity stays as it is.
  public static String canonical(String quantity) {
    String text = quantity.strip();
    BigDecimal number = number(text).orElse(null);
    if (number == null) {
      return quantity;
    }
    BigDecimal amount = number.setScale(NANO, RoundingMode.UP).stripTrailingZeros();
    if (amount.signum() == 0) {
      return "0";
    }
    if (text.endsWith("i") && amount.scale() <= 0 && amount.abs().compareTo(KIBI) >= 0) {
      return binary(amount.toBigIntegerExact());
    }
    int exponent = Math.floorDiv(-amount.scale(), 3) * 3;
    if (text.matches(".*[eE][+-]?[0-9]+")) {
      return mantissa(amount, exponent) + (exponent == 0 ? "" : "e" + exponent);
    }
    int suffix = Math.min((exponent + NANO) / 3, DECIMAL.length() - 1);
    return mantissa(amount, 3 * suffix - NANO) + DECIMAL.substring(suffix, suffix + 1).strip();
  }

  private static BigInteger mantissa(BigDecimal amount, int exponent) {
    return amount.movePointLeft(exponent).toBigIntegerExact();
  }

  private static String binary(BigInteger amount) {
    int power = Math.min(amount.getLowestSetBit() / 10, BINARY.length());
    return amount.shiftRight(10 * power)
        + (power == 0 ? "" : BINARY.substring(power - 1, power) + "i");
  }

  private static OptionalLong scaled(JsonNode quantity, int digits) {
    if (!quantity.isValueNode() || quantity.isNull()) {
      return OptionalLong.empty();
    }
    try {
      BigDecimal number = number(quantity.asText().strip()).orElse(null);
      return number == null
          ? OptionalLong.empty()
          : OptionalLong.of(
              number.movePointRight(digits).setScale(0, RoundingMode.CEILING).longValueExact());
    } catch (ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  private static Optional<BigDecimal> number(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      BigDecimal number = new BigDecimal(form.group(1));
      return Optional.of(
          form.group(2) == null ? number : number.multiply(SUFFIXES.get(form.group(2))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
