package theater.gateway.mesh;

import java.util.function.UnaryOperator;

/// A request as the own sidecar sees it: what rules match on.
///
/// @param uri path and query
/// @param authority the Host that the gateway sends, `user-service:8081`
/// @param headers gives a header's value or null, whatever the case of its name
public record MeshRequest(
    String method, String uri, String authority, UnaryOperator<String> headers) {

  String path() {
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  String header(String name) {
    return headers.apply(name);
  }

  String parameter(String name) {
    int query = uri.indexOf('?');
    if (query >= 0) {
      for (String pair : uri.substring(query + 1).split("&")) {
        int equals = pair.indexOf('=');
        if (name.equals(equals < 0 ? pair : pair.substring(0, equals))) {
          return equals < 0 ? "" : pair.substring(equals + 1);
        }
      }
    }
    return null;
  }
}
