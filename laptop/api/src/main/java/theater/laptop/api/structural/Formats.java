package theater.laptop.api.structural;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.regex.Pattern;

/// The formats of texts that a structural schema may ask for. One that is not known asks for
/// nothing, as in a real server.
final class Formats {
  private static final Pattern HOST_NAME =
      Pattern.compile(
          "(?=.{1,253}$)[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?"
              + "(\\.[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)*");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s<>]+@[^@\\s<>]+");
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final Pattern MAC =
      Pattern.compile("([0-9a-fA-F]{2}[:-]){5}([0-9a-fA-F]{2}[:-]){0,2}[0-9a-fA-F]{2}");
  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");
  private static final Pattern COLOR = Pattern.compile("#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})");
  private static final Pattern DURATION =
      Pattern.compile("[-+]?(0|(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)\\s?(ns|us|µs|ms|s|m|h|d|w))+)");

  private Formats() {}

  static boolean fits(String text, String format) {
    return switch (format) {
      case "date-time", "datetime" -> dateTime(text);
      case "date" -> date(text);
      case "duration" -> DURATION.matcher(text).matches();
      case "byte" -> base64(text);
      case "uri" -> uri(text);
      case "email" -> EMAIL.matcher(text).matches();
      case "hostname" -> HOST_NAME.matcher(text).matches();
      case "ipv4" -> IPV4.matcher(text).matches();
      case "ipv6" -> ipv6(text);
      case "cidr" -> cidr(text);
      case "mac" -> MAC.matcher(text).matches();
      case "uuid" -> UUID.matcher(text).matches();
      case "hexcolor" -> COLOR.matcher(text).matches();
      default -> true;
    };
  }

  private static boolean dateTime(String text) {
    try {
      OffsetDateTime.parse(text.toUpperCase(java.util.Locale.ROOT));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean date(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean base64(String text) {
    try {
      Base64.getDecoder().decode(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean uri(String text) {
    try {
      return new URI(text).isAbsolute() || text.startsWith("/");
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean ipv6(String text) {
    if (!IPV6.matcher(text).matches()) {
      return false;
    }
    try {
      java.net.Inet6Address.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean cidr(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? "" : text.substring(0, slash);
    String length = slash < 0 ? "" : text.substring(slash + 1);
    if (!length.matches("[0-9]{1,3}")) {
      return false;
    }
    int bits = Integer.parseInt(length);
    return IPV4.matcher(address).matches() && bits <= 32 || ipv6(address) && bits <= 128;
  }
}
