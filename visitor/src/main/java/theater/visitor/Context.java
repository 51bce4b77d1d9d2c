package theater.visitor;

import java.util.stream.Stream;

/// One of the two clusters, seen with the real kubectl in the course's namespace.
///
/// @param name `ctx1` or `ctx2`
public record Context(Theater theater, String name) {

  /// Runs kubectl here; fails unless it succeeds.
  public String kubectl(String... words) {
    return attempt(words).ok().out();
  }

  /// Runs kubectl here, whatever comes of it.
  public Shell.Outcome attempt(String... words) {
    return theater.kubectl(
        Stream.concat(Stream.of("--context", name, "-n", "theater-msa"), Stream.of(words))
            .toArray(String[]::new));
  }

  /// Applies objects, YAML documents, whatever comes of it.
  public Shell.Outcome apply(String yaml) {
    return theater.kubectlWithInput(
        yaml, "--context", name, "apply", "-n", "theater-msa", "-f", "-");
  }

  /// A field of an object.
  ///
  /// @param object `pod/NAME`
  /// @param path as in JSONPath, `.status.podIP`
  public String field(String object, String path) {
    return kubectl("get", object, "-o", "jsonpath={" + path + "}").strip();
  }

  /// The name of the first pod of an app.
  public String pod(String app) {
    return kubectl("get", "pods", "-l", "app=" + app, "-o", "jsonpath={.items[0].metadata.name}");
  }

  public boolean ready(String pod) {
    return field("pod/" + pod, ".status.conditions[?(@.type=='Ready')].status").equals("True");
  }
}
