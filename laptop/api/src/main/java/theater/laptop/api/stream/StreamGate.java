package theater.laptop.api.stream;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import java.util.Optional;

/// Decides whether a connection may become a stream.
public interface StreamGate {
  /// Empty when it may not: then the ordinary handler says why.
  Optional<StreamTarget> admit(
      ConnectionContext connection, HttpPrologue prologue, Headers headers);

  /// Whether the pod is still there and has not ended.
  boolean alive(StreamTarget target);
}
