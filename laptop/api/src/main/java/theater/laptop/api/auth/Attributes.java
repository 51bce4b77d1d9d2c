package theater.laptop.api.auth;

/// What somebody wants to do.
///
/// @param resource `pods`, or `pods/log` with a subresource; empty for a path that is no resource
/// @param namespace empty for none or all
/// @param path for requests that are no resource, `/version`
public record Attributes(
    String verb, String group, String resource, String namespace, String name, String path) {

  public static Attributes nonResource(String verb, String path) {
    return new Attributes(verb, "", "", "", "", path);
  }
}
