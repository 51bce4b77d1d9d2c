package theater.movie;

import theater.kit.json.Fields;
import theater.kit.json.JsonText;

/// A film without its id.
///
/// @param year of its release, 1888 (the first film) to 2100
/// @param director null when it is not told
record Movie(String title, String genre, int year, String director) {
  static Movie of(Fields fields) {
    return new Movie(
        fields.text("title", 200),
        fields.text("genre", 100),
        fields.number("year", 1888, 2100),
        fields.optionalText("director", 100));
  }

  /// JSON of its members, with the closing brace.
  String members() {
    var text = new StringBuilder("\"title\":");
    JsonText.quote(title, text);
    JsonText.quote(genre, text.append(",\"genre\":"));
    text.append(",\"year\":").append(year);
    if (director != null) {
      JsonText.quote(director, text.append(",\"director\":"));
    }
    return text.append('}').toString();
  }
}
