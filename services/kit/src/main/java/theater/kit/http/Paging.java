package theater.kit.http;

/// `?limit=50&offset=0`: limit 1 to 500 (default 50), offset from 0.
public record Paging(int offset, int limit) {
  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 500;

  /// @throws ProblemException 400 naming the parameter
  public static Paging of(Request request) {
    return new Paging(
        number(request, "offset", 0, 0, Integer.MAX_VALUE - MAX_LIMIT),
        number(request, "limit", DEFAULT_LIMIT, 1, MAX_LIMIT));
  }

  private static int number(Request request, String name, int otherwise, int from, int to) {
    String text = request.query(name);
    if (text == null) {
      return otherwise;
    }
    if (text.matches("[0-9]{1,9}")) {
      int value = Integer.parseInt(text);
      if (value >= from && value <= to) {
        return value;
      }
    }
    throw new Problem(
            400, name + " is \"" + text + "\"; expected a whole number from " + from + " to " + to)
        .thrown();
  }
}
