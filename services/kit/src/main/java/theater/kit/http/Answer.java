package theater.kit.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What a handler answers.
///
/// @param contentType empty when there is no body
/// @param headers more headers, by name
@SuppressWarnings("ArrayRecordComponent")
public record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
  private static final byte[] EMPTY = {};
  static final String JSON = "application/json";
  static final String PROBLEM = "application/problem+json";

  /// 200 with JSON.
  public static Answer json(byte[] body) {
    return new Answer(200, JSON, body, Map.of());
  }

  /// 200 with JSON and more headers.
  public static Answer json(byte[] body, Map<String, String> headers) {
    return new Answer(200, JSON, body, headers);
  }

  /// 201 with the new document and where it is.
  public static Answer created(byte[] body, String location) {
    return new Answer(201, JSON, body, Map.of("Location", location));
  }

  /// 204.
  public static Answer nothing() {
    return new Answer(204, "", EMPTY, Map.of());
  }

  /// 200 with a text.
  public static Answer text(int status, String contentType, String body) {
    return new Answer(status, contentType, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  static Answer problem(Problem problem, String path, Map<String, String> headers) {
    return new Answer(
        problem.status(), PROBLEM, problem.json(path).getBytes(StandardCharsets.UTF_8), headers);
  }
}
