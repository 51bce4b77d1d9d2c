package theater.mesh.explain.walk;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A request that somebody asks about.
///
/// @param host that the program dials
/// @param authority the Host header, `user-service:8081`
/// @param path with its query
/// @param headers lower-case names; several values of one are joined by commas, as Envoy sees them
public record Question(
    String method,
    String host,
    int port,
    String authority,
    String path,
    Map<String, String> headers) {
  private static final int LAST_PORT = 65535;

  public Question {
    headers = Map.copyOf(headers);
  }

  /// Reads what a person typed.
  ///
  /// @param headers `name: value`
  /// @throws QuestionException naming the value and what was expected
  public static Question parse(String method, String url, List<String> headers) {
    if (!method.matches("[A-Za-z!#$%&'*+.^_|~-]+")) {
      throw new QuestionException("method is \"" + method + "\"; expected one such as GET or POST");
    }
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new QuestionException(expected(url, e.getReason()));
    }
    if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
      throw new QuestionException(
          expected(
              url,
              "https".equals(uri.getScheme())
                  ? "programs of the mesh speak plain HTTP to their sidecars, and those add mTLS"
                  : "it has no host"));
    }
    int port = uri.getPort() < 0 ? 80 : uri.getPort();
    if (port < 1 || port > LAST_PORT) {
      throw new QuestionException(expected(url, "port " + port + " is not in 1 to 65535"));
    }
    Map<String, String> named = headers(headers);
    String authority = named.remove("host");
    if (authority == null) {
      authority = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return new Question(
        method.toUpperCase(Locale.ROOT),
        uri.getHost(),
        port,
        authority,
        uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery(),
        named);
  }

  private static String expected(String url, String why) {
    return "URL is \"" + url + "\": " + why + "; expected http://HOST[:PORT]/PATH";
  }

  private static Map<String, String> headers(List<String> lines) {
    Map<String, String> result = new LinkedHashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon < 1 || !line.substring(0, colon).strip().matches("[A-Za-z0-9!#$%&'*+.^_|~-]+")) {
        throw new QuestionException("header is \"" + line + "\"; expected NAME: VALUE");
      }
      result.merge(
          line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          (a, b) -> a + "," + b);
    }
    return result;
  }

  /// What a header condition looks at.
  Optional<String> header(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case ":method" -> Optional.of(method);
      case ":authority", "host" -> Optional.of(authority);
      case ":path" -> Optional.of(path);
      case ":scheme" -> Optional.of("http");
      default -> Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    };
  }

  /// The path without its query.
  String plainPath() {
    int question = path.indexOf('?');
    return question < 0 ? path : path.substring(0, question);
  }

  /// A parameter of the query, as written.
  Optional<String> parameter(String name) {
    int question = path.indexOf('?');
    if (question < 0) {
      return Optional.empty();
    }
    for (String pair : path.substring(question + 1).split("&")) {
      int equals = pair.indexOf('=');
      if ((equals < 0 ? pair : pair.substring(0, equals)).equals(name)) {
        return Optional.of(equals < 0 ? "" : pair.substring(equals + 1));
      }
    }
    return Optional.empty();
  }

  /// The URL that is dialled.
  public String url() {
    return "http://" + host + ":" + port + path;
  }

  /// Its headers as `name: value`, Host first.
  public List<String> headerLines() {
    List<String> lines = new ArrayList<>(List.of("host: " + authority));
    headers.forEach((name, value) -> lines.add(name + ": " + value));
    return lines;
  }

  Question with(String newAuthority, String newPath) {
    return new Question(method, host, port, newAuthority, newPath, headers);
  }

  /// The same request at another place, as a program passes it on.
  public Question to(String newHost, int newPort, String newPath) {
    return new Question(method, newHost, newPort, newHost + ":" + newPort, newPath, headers);
  }
}
