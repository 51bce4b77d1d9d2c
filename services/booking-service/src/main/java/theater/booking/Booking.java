package theater.booking;

import theater.kit.http.Request;
import theater.kit.json.Fields;

/// A booking without its id: who, what, and which or how many seats.
record Booking(String userId, String movieId, Seats.Wanted seats) {
  /// @throws theater.kit.http.ProblemException when a field was refused
  static Booking of(Request request) {
    Fields fields = request.fields();
    var booking = new Booking(fields.id("userId"), fields.id("movieId"), Seats.wanted(fields));
    Request.accepted(fields);
    return booking;
  }
}
