package theater.mesh.translation.security;

import io.envoyproxy.envoy.config.core.v3.CidrRange;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import theater.mesh.translation.spec.IpAddress;
import theater.mesh.translation.spec.SpecNode;

/// Values as security policies write them: `*` at one end, address blocks, ports.
final class Patterns {
  static final StringMatcher ANYTHING = regex(".+");

  private static final Pattern BLOCK = Pattern.compile("([0-9.]+|[0-9a-fA-F:.]+)(?:/(\\d{1,3}))?");

  private Patterns() {}

  /// `*` anything, `*end`, `beginning*`, or the text itself.
  static StringMatcher text(String value) {
    return text(value, "");
  }

  /// The same of a text that has more before it.
  static StringMatcher text(String value, String before) {
    if (value.equals("*")) {
      return ANYTHING;
    }
    StringMatcher.Builder result = StringMatcher.newBuilder();
    if (value.startsWith("*")) {
      return before.isEmpty()
          ? result.setSuffix(value.substring(1)).build()
          : regex(before + ".*" + escaped(value.substring(1)));
    }
    return value.endsWith("*")
        ? result.setPrefix(before + value.substring(0, value.length() - 1)).build()
        : result.setExact(before + value).build();
  }

  /// A text whose signs of expressions mean themselves.
  static String escaped(String name) {
    return name.replaceAll("[\\\\.+*?(){}\\[\\]|^$]", "\\\\$0");
  }

  /// The text itself, stars and all.
  static StringMatcher exactly(String value) {
    return StringMatcher.newBuilder().setExact(value).build();
  }

  /// Whether Envoy takes a path with `{*}` and `{**}`: whole segments, nothing open after `{**}`.
  static boolean template(String path) {
    return path.matches("(/([^*{}/]+|\\{\\*}))*(/\\{\\*\\*}(/[^*{}/]+)*)?/?")
        && path.split("\\{", -1).length <= 6;
  }

  static StringMatcher regex(String expression) {
    StringMatcher.Builder result = StringMatcher.newBuilder();
    result.getSafeRegexBuilder().setRegex(expression);
    return result.build();
  }

  /// A header; `*` is any value. Empty when it is no name of a header.
  static Optional<HeaderMatcher> header(String name, String value, boolean ignoreCase) {
    if (!SpecNode.headerName(name)) {
      return Optional.empty();
    }
    HeaderMatcher.Builder header = HeaderMatcher.newBuilder().setName(name);
    return Optional.of(
        value.equals("*")
            ? header.setPresentMatch(true).build()
            : header.setStringMatch(text(value).toBuilder().setIgnoreCase(ignoreCase)).build());
  }

  /// `10.0.0.0/8` or a single address.
  static Optional<CidrRange> block(String value) {
    Matcher block = BLOCK.matcher(value);
    if (!block.matches()) {
      return Optional.empty();
    }
    boolean four = IpAddress.four(block.group(1));
    if (!IpAddress.is(block.group(1))) {
      return Optional.empty();
    }
    int longest = four ? 32 : 128;
    int length = block.group(2) == null ? longest : Integer.parseInt(block.group(2));
    if (length > longest) {
      return Optional.empty();
    }
    CidrRange.Builder range = CidrRange.newBuilder().setAddressPrefix(block.group(1));
    range.getPrefixLenBuilder().setValue(length);
    return Optional.of(range.build());
  }

  /// A port from 1 to 65535.
  static Optional<Integer> port(String value) {
    return value.matches("\\d{1,5}")
        ? Optional.of(Integer.parseInt(value)).filter(port -> port > 0 && port < 65536)
        : Optional.empty();
  }
}
