package theater.user;

import theater.kit.json.Fields;
import theater.kit.json.JsonText;

/// A user without its id.
///
/// @param name 1 to 100 characters
/// @param email something with an @, at most 254 characters
record User(String name, String email) {
  static User of(Fields fields) {
    String name = fields.text("name", 100);
    String email = fields.text("email", 254);
    if (!email.isEmpty() && !email.matches("[^@\\s]+@[^@\\s]+")) {
      fields.refuse("email", "is \"" + email + "\"; expected name@host", "");
    }
    return new User(name, email);
  }

  /// JSON of its members, with the closing brace.
  String members() {
    var text = new StringBuilder("\"name\":");
    JsonText.quote(name, text);
    JsonText.quote(email, text.append(",\"email\":"));
    return text.append('}').toString();
  }
}
