package theater.kit.http;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import theater.kit.json.Fields;
import theater.kit.json.JsonException;
import theater.kit.json.JsonReader;

/// One request, as a handler sees it.
public final class Request {
  private final Map<String, String> parameters;
  private final Function<String, String> query;
  private final Supplier<CallHeaders> callHeaders;
  private final String contentType;
  private final Supplier<byte[]> body;

  Request(
      Map<String, String> parameters,
      Function<String, String> query,
      Supplier<CallHeaders> callHeaders,
      String contentType,
      Supplier<byte[]> body) {
    this.parameters = parameters;
    this.query = query;
    this.callHeaders = callHeaders;
    this.contentType = contentType;
    this.body = body;
  }

  /// The `{id}` of the path.
  public String id() {
    return parameter("id");
  }

  /// A `{name}` of the path.
  public String parameter(String name) {
    return parameters.get(name);
  }

  /// A query parameter, null when absent.
  public String query(String name) {
    return query.apply(name);
  }

  /// What goes with every call that this request causes.
  public CallHeaders callHeaders() {
    return callHeaders.get();
  }

  /// The body's members. The caller takes its fields, then calls [#accepted].
  ///
  /// @throws ProblemException 415 for another media type, 413 when too large, 400 when it is not a
  ///   JSON object
  public Fields fields() {
    requireJson();
    try {
      return new Fields(JsonReader.object(body.get()));
    } catch (JsonException e) {
      throw new Problem(400, "body: " + e.getMessage()).thrown();
    }
  }

  /// @throws ProblemException 422 when a field was refused
  public static void accepted(Fields fields) {
    var errors = fields.errors();
    if (!errors.isEmpty()) {
      throw Problem.fields(errors).thrown();
    }
  }

  private void requireJson() {
    String type =
        contentType == null
            ? ""
            : contentType.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "");
    if (!type.equals("application/json") && !type.equals("application/json;charset=utf-8")) {
      String got = contentType == null ? "no Content-Type" : "Content-Type " + contentType;
      throw new Problem(415, "got " + got + "; expected application/json in UTF-8").thrown();
    }
  }
}
