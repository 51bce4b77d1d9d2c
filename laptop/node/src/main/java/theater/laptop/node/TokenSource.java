package theater.laptop.node;

/// Where service account tokens come from.
@FunctionalInterface
public interface TokenSource {
  /// A token that the context's API server takes for this account. May fail with a
  /// RuntimeException; the pod then waits and asks again.
  String token(String namespace, String serviceAccount);
}
