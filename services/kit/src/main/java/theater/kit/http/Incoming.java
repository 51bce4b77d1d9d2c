package theater.kit.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a handler sees of a request of the server's: its body is read when it is asked for, and
/// never more than 64 KiB.
final class Incoming {
  static final int MAX_BODY = 64 << 10;

  private Incoming() {}

  static Request seen(ServerRequest request, Map<String, String> parameters) {
    return new Request(
        parameters,
        name -> request.query().first(name).orElse(null),
        () -> callHeaders(request),
        request.headers().first(HeaderNames.CONTENT_TYPE).orElse(null),
        () -> body(request));
  }

  private static CallHeaders callHeaders(ServerRequest request) {
    List<Map.Entry<String, String>> all = new ArrayList<>();
    request.headers().forEach(h -> h.allValues().forEach(v -> all.add(Map.entry(h.name(), v))));
    return CallHeaders.of(all);
  }

  private static byte[] body(ServerRequest request) {
    var length = request.headers().contentLength();
    if (length.isPresent() && length.getAsLong() > MAX_BODY) {
      throw tooLarge("" + length.getAsLong());
    }
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    try (var in = request.content().inputStream()) {
      byte[] bytes = in.readNBytes(MAX_BODY + 1);
      if (bytes.length > MAX_BODY) {
        throw tooLarge("more");
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProblemException tooLarge(String got) {
    return new Problem(413, "the body has " + got + " bytes; expected at most " + MAX_BODY)
        .thrown();
  }
}
