package theater.kit.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Finds the route of a method and a path. A last slash makes no difference.
public final class Router {
  /// @param allow methods of the path when the method is not among them, otherwise empty; no route
  ///   and no methods is 404
  record Match(Route route, Map<String, String> parameters, String allow) {}

  private record Entry(Route route, String[] segments) {}

  private final List<Entry> entries = new ArrayList<>();

  /// Adds an operation of the service.
  public Router on(String method, String pattern, Handler handler) {
    return add(new Route(method, pattern, false, handler));
  }

  /// Adds what Kubernetes or Prometheus asks.
  public Router probe(String pattern, Handler handler) {
    return add(new Route("GET", pattern, true, handler));
  }

  private Router add(Route route) {
    entries.add(new Entry(route, route.segments()));
    return this;
  }

  /// HEAD finds the route of GET.
  Match find(String method, String path) {
    String[] segments = trimmed(path).split("/", -1);
    String wanted = method.equals("HEAD") ? "GET" : method;
    var allowed = new TreeSet<String>();
    for (Entry entry : entries) {
      var parameters = match(entry.segments, segments);
      if (parameters == null) {
        continue;
      }
      if (entry.route.method().equals(wanted)) {
        return new Match(entry.route, parameters, "");
      }
      allowed.add(entry.route.method());
    }
    if (allowed.isEmpty()) {
      return new Match(null, Map.of(), "");
    }
    allowed.add("OPTIONS");
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    return new Match(null, Map.of(), String.join(", ", allowed));
  }

  private static String trimmed(String path) {
    int end = path.length() > 1 && path.endsWith("/") ? path.length() - 1 : path.length();
    return path.substring(1, end);
  }

  private static Map<String, String> match(String[] pattern, String[] segments) {
    if (pattern.length != segments.length) {
      return null;
    }
    Map<String, String> parameters = Map.of();
    for (int i = 0; i < pattern.length; i++) {
      if (pattern[i].startsWith("{")) {
        if (parameters.isEmpty()) {
          parameters = new LinkedHashMap<>();
        }
        parameters.put(pattern[i].substring(1, pattern[i].length() - 1), segments[i]);
      } else if (!pattern[i].equals(segments[i])) {
        return null;
      }
    }
    return parameters;
  }
}
