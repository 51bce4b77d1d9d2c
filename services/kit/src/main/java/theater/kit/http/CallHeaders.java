package theater.kit.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The headers of a request that go with every call it causes: traces (W3C `traceparent`,
/// `tracestate`; `b3`) and `x-*`, but for those that an Envoy or a service sets itself
/// (`x-envoy-*`, `x-forwarded-*`, `x-service-*`, `x-pod-name`).
public record CallHeaders(List<Map.Entry<String, String>> entries) {
  public CallHeaders {
    entries = List.copyOf(entries);
  }

  /// Those of all headers that are passed on.
  public static CallHeaders of(Iterable<Map.Entry<String, String>> headers) {
    var kept = new ArrayList<Map.Entry<String, String>>();
    for (var header : headers) {
      if (passed(header.getKey().toLowerCase(Locale.ROOT))) {
        kept.add(Map.entry(header.getKey(), header.getValue()));
      }
    }
    return new CallHeaders(kept);
  }

  private static boolean passed(String name) {
    if (!name.startsWith("x-")) {
      return name.equals("traceparent") || name.equals("tracestate") || name.equals("b3");
    }
    return !name.startsWith("x-envoy-")
        && !name.startsWith("x-forwarded-")
        && !name.startsWith("x-service-")
        && !name.equals("x-pod-name");
  }
}
