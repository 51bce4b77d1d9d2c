package theater.laptop.api.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.kind.ServedKinds;

/// The path of a request for objects.
///
/// @param namespace empty for none or all
/// @param name empty for all
/// @param subresource empty for none
/// @param watch the old form `/api/v1/watch/…`
record ApiPath(
    Kind kind, String version, String namespace, String name, String subresource, boolean watch) {

  /// Empty when it is no path of a served kind.
  static Optional<ApiPath> parse(ServedKinds kinds, String raw) {
    List<String> parts =
        Arrays.stream(raw.split("/")).filter(part -> !part.isEmpty()).map(ApiPath::decode).toList();
    if (parts.size() < 3 || !List.of("api", "apis").contains(parts.getFirst())) {
      return Optional.empty();
    }
    boolean core = parts.getFirst().equals("api");
    String apiVersion = core ? parts.get(1) : parts.get(1) + "/" + parts.get(2);
    String version = core ? parts.get(1) : parts.get(2);
    List<String> rest = parts.subList(core ? 2 : 3, parts.size());
    boolean watch = !rest.isEmpty() && rest.getFirst().equals("watch");
    rest = watch ? rest.subList(1, rest.size()) : rest;
    String namespace = "";
    if (rest.size() >= 3
        && rest.getFirst().equals("namespaces")
        && !List.of("status", "finalize").contains(rest.get(2))) {
      namespace = rest.get(1);
      rest = rest.subList(2, rest.size());
    }
    if (rest.isEmpty() || rest.size() > 3) {
      return Optional.empty();
    }
    Optional<Kind> kind = kinds.byPath(apiVersion, rest.getFirst());
    if (kind.isEmpty()
        || kind.get().has("virtual") && rest.size() > 1
        || !namespace.isEmpty() && !kind.get().namespaced()) {
      return Optional.empty();
    }
    return Optional.of(
        new ApiPath(
            kind.get(),
            version,
            namespace,
            rest.size() > 1 ? rest.get(1) : "",
            rest.size() > 2 ? rest.get(2) : "",
            watch));
  }

  private static String decode(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
