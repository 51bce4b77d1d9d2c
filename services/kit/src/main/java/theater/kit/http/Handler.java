package theater.kit.http;

/// Answers the requests of one route. Blocking is fine: each request has a virtual thread.
@FunctionalInterface
public interface Handler {
  /// @throws ProblemException to answer with a problem
  Answer handle(Request request);
}
