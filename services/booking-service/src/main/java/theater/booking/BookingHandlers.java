package theater.booking;

import java.util.ArrayList;
import java.util.List;
import theater.kit.DocumentRoutes;
import theater.kit.call.Peer;
import theater.kit.http.Answer;
import theater.kit.http.Problem;
import theater.kit.http.Request;
import theater.kit.http.Router;
import theater.kit.json.Fields.FieldError;

/// `/bookings`, `/bookings/{id}`, `/bookings/user/{userId}`. User and film are asked for at their
/// services before a seat is sold.
final class BookingHandlers {
  private final BookingStore store;
  private final Peer users;
  private final Peer movies;

  BookingHandlers(BookingStore store, Peer users, Peer movies) {
    this.store = store;
    this.users = users;
    this.movies = movies;
  }

  void addTo(Router router) {
    router
        .on(
            "GET",
            "/bookings",
            request -> DocumentRoutes.list(store.documents(), "bookings", request))
        .on("POST", "/bookings", request -> book("", request))
        .on("GET", "/bookings/{id}", this::one)
        .on("PUT", "/bookings/{id}", request -> book(request.id(), request))
        .on("DELETE", "/bookings/{id}", this::cancel)
        .on(
            "GET",
            "/bookings/user/{userId}",
            request ->
                DocumentRoutes.list(
                    store.documents(), "bookings:user:" + request.parameter("userId"), request));
  }

  private Answer one(Request request) {
    return Answer.json(
        DocumentRoutes.existing(store.documents().find(request.id()), "booking", request.id()));
  }

  private Answer book(String id, Request request) {
    Booking booking = Booking.of(request);
    var unknown = new ArrayList<FieldError>();
    if (!users.has("/users/" + booking.userId(), request.callHeaders())) {
      unknown.add(
          new FieldError("userId", "is \"" + booking.userId() + "\"; there is no such user"));
    }
    if (!movies.has("/movies/" + booking.movieId(), request.callHeaders())) {
      unknown.add(
          new FieldError("movieId", "is \"" + booking.movieId() + "\"; there is no such movie"));
    }
    if (!unknown.isEmpty()) {
      throw Problem.fields(unknown).thrown();
    }
    return switch (store.book(id, booking)) {
      case BookingStore.Booked(var made) when id.isEmpty() ->
          Answer.created(made.document(), "/bookings/" + made.id());
      case BookingStore.Booked(var made) -> Answer.json(made.document());
      case BookingStore.Taken(List<String> seats) ->
          throw new Problem(409, "taken already: " + String.join(", ", seats))
              .with("taken", seats)
              .thrown();
      case BookingStore.Full(int free) ->
          throw new Problem(
                  409,
                  booking.seats().count()
                      + " seats were asked for; "
                      + free
                      + " of "
                      + Seats.COUNT
                      + " are free")
              .with("free", free)
              .thrown();
      case BookingStore.Missing() -> throw DocumentRoutes.missing("booking", id).thrown();
    };
  }

  private Answer cancel(Request request) {
    if (!store.cancel(request.id())) {
      throw DocumentRoutes.missing("booking", request.id()).thrown();
    }
    return Answer.nothing();
  }
}
