package theater.mesh.translation.spec;

import java.util.regex.Pattern;

/// Addresses as people write them; names are never looked up.
public final class IpAddress {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6 =
      Pattern.compile(
          "([0-9a-fA-F]{1,4}(:[0-9a-fA-F]{1,4}){7}|(?=.*::)(?!.*::.*::)[0-9a-fA-F:]{2,39})");

  private IpAddress() {}

  /// Whether it is one of either kind.
  public static boolean is(String text) {
    return four(text) || IPV6.matcher(text).matches();
  }

  /// Whether it is one of IPv4.
  public static boolean four(String text) {
    return IPV4.matcher(text).matches();
  }
}
