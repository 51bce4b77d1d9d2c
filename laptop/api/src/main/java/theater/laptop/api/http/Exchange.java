package theater.laptop.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import theater.laptop.api.auth.User;
import theater.laptop.api.json.Json;
import theater.laptop.api.registry.WriteOptions;
import theater.laptop.api.schema.Strictness;
import theater.laptop.api.status.StatusException;

/// One request and its answer.
final class Exchange {
  private static final int LARGEST_BODY = 3 << 20;
  final ServerRequest request;
  final ServerResponse response;
  final User user;
  private final List<String> warnings = new ArrayList<>();

  Exchange(ServerRequest request, ServerResponse response, User user) {
    this.request = request;
    this.response = response;
    this.user = user;
  }

  String method() {
    return request.prologue().method().text();
  }

  String path() {
    return request.path().rawPath();
  }

  /// Empty when absent.
  String query(String name) {
    return request.query().contains(name) ? request.query().get(name) : "";
  }

  /// All values of a name, in order.
  List<String> queries(String name) {
    return request.query().contains(name) ? request.query().all(name) : List.of();
  }

  boolean flag(String name) {
    String value = query(name);
    return value.equals("true")
        || value.equals("1")
        || value.isEmpty() && request.query().contains(name);
  }

  /// Null when absent. @throws StatusException 400 when it is no number
  Integer number(String name) {
    String text = query(name);
    try {
      return text.isEmpty() ? null : Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw StatusException.badRequest(
          "query parameter " + name + " is \"" + text + "\"; expected a whole number");
    }
  }

  String header(String name) {
    return request.headers().first(HeaderNames.create(name)).orElse("");
  }

  /// All values of a header that may be repeated.
  List<String> headers(String name) {
    return request.headers().values(HeaderNames.create(name));
  }

  String contentType() {
    String type = header("Content-Type");
    return (type.contains(";") ? type.substring(0, type.indexOf(';')) : type).strip();
  }

  byte[] body() {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    try (InputStream in = request.content().inputStream()) {
      byte[] bytes = in.readNBytes(LARGEST_BODY + 1);
      if (bytes.length > LARGEST_BODY) {
        throw new StatusException(
            413,
            "RequestEntityTooLarge",
            "Request entity too large: limit is " + LARGEST_BODY,
            null);
      }
      return bytes;
    } catch (IOException e) {
      throw StatusException.badRequest("the body could not be read: " + e.getMessage());
    }
  }

  WriteOptions writeOptions() {
    String dryRun = query("dryRun");
    if (!dryRun.isEmpty() && !dryRun.equals("All")) {
      throw StatusException.badRequest(
          "dryRun: Unsupported value: \"" + dryRun + "\": supported values: \"All\"");
    }
    return new WriteOptions(
        !dryRun.isEmpty(), Strictness.parse(query("fieldValidation")), manager(), this::warn);
  }

  /// Who writes: what the client calls itself, else the program's name.
  private String manager() {
    String given = query("fieldManager");
    String agent = header("User-Agent");
    return given.isEmpty() ? agent.substring(0, Math.max(0, agent.indexOf('/'))) : given;
  }

  /// Shown by kubectl as `Warning: …`.
  void warn(String text) {
    if (!warnings.contains(text)) {
      warnings.add(text);
    }
  }

  void send(int code, JsonNode body) {
    send(code, "application/json", Json.bytes(body));
  }

  void send(int code, String contentType, byte[] body) {
    head(code, contentType);
    response.send(body);
  }

  /// Sets status and headers without sending them.
  void head(int code, String contentType) {
    response.status(Status.create(code));
    response.header("Content-Type", contentType);
    response.header("Cache-Control", "no-cache, private");
    for (String warning : warnings) {
      response
          .headers()
          .add(io.helidon.http.HeaderValues.create("Warning", WarningText.header(warning)));
    }
  }

  void refuse(StatusException refusal) {
    ObjectNode status = refusal.toJson();
    send(refusal.code(), status);
  }
}
