package theater.laptop.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// Something that this server answers beyond Kubernetes' own API, to whoever has its credentials
/// and may `get` the path (RBAC: nonResourceURLs).
@FunctionalInterface
public interface Extension {

  /// Answers a GET.
  ///
  /// @param path below the prefix, `explain`
  /// @return null when there is no such path
  /// @throws theater.laptop.api.status.StatusException when it is refused
  JsonNode get(String path, Query query);

  /// The parameters of a request.
  interface Query {
    /// All values of a name, in order.
    List<String> all(String name);

    /// The first value; empty when absent.
    default String first(String name) {
      List<String> values = all(name);
      return values.isEmpty() ? "" : values.getFirst();
    }
  }
}
