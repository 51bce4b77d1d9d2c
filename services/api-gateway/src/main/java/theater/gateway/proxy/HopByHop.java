package theater.gateway.proxy;

import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Headers that belong to one connection and are not passed on (RFC 9110, 7.6.1).
final class HopByHop {
  private static final Set<String> NAMES =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private HopByHop() {}

  /// Copies what goes on to the service. Its Host is set by whoever sends the request.
  static void copyRequest(MultiMap from, MultiMap to) {
    String connection = from.get("connection");
    Set<String> named = named(connection);
    for (Map.Entry<String, String> header : from) {
      String name = header.getKey();
      if (!isOwn(name, named)
          && !name.equalsIgnoreCase("host")
          && !name.equalsIgnoreCase("expect")) {
        to.add(name, header.getValue());
      }
    }
  }

  /// Copies what goes back to the caller.
  static void copyResponse(MultiMap from, MultiMap to) {
    Set<String> named = named(from.get("connection"));
    for (Map.Entry<String, String> header : from) {
      if (!isOwn(header.getKey(), named)) {
        to.add(header.getKey(), header.getValue());
      }
    }
  }

  /// A `Connection` that names `close` beside other headers; alone, the server sees it by itself.
  static boolean asksToClose(MultiMap request) {
    return named(request.get("connection")).contains("close");
  }

  private static boolean isOwn(String name, Set<String> named) {
    return switch (name.length()) {
      // Lengths of NAMES: most headers need no more than this look.
      case 2, 7, 10, 16, 17, 18, 19 ->
          NAMES.contains(name.toLowerCase(Locale.ROOT)) || isNamed(name, named);
      default -> isNamed(name, named);
    };
  }

  private static boolean isNamed(String name, Set<String> named) {
    return !named.isEmpty() && named.contains(name.toLowerCase(Locale.ROOT));
  }

  private static Set<String> named(String connection) {
    if (connection == null
        || connection.equalsIgnoreCase("keep-alive")
        || connection.equalsIgnoreCase("close")) {
      return Set.of();
    }
    return Set.copyOf(
        Arrays.asList(connection.toLowerCase(Locale.ROOT).strip().split("\\s*,\\s*")));
  }
}
