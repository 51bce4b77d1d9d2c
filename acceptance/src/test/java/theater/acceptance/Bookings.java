package theater.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import theater.visitor.Calls;
import theater.visitor.Calls.Answer;

/// Many bookings of one seat each; movies of their own, so that nobody's seats run out.
final class Bookings implements AutoCloseable {
  private static final int SEATS = 100;

  private final Calls calls;
  private final ExecutorService threads = Executors.newFixedThreadPool(20);

  Bookings(Calls calls) {
    this.calls = calls;
  }

  /// @param count at most as many as a movie has seats
  List<Answer> make(int count) {
    if (count > SEATS) {
      throw new IllegalArgumentException(count + " bookings; a movie has " + SEATS + " seats");
    }
    return rush(count);
  }

  /// Also more than there are seats, all of one new movie.
  List<Answer> rush(int count) {
    String movie =
        calls
            .send("POST", "/movies/", "{\"title\":\"복습\",\"genre\":\"교육\",\"year\":2026}")
            .header("location")
            .replace("/movies/", "");
    List<Callable<Answer>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(() ->
          calls.send(
              "POST",
              "/bookings/",
              "{\"userId\":\"1\",\"movieId\":\"" + movie + "\",\"seats\":1}"));
    }
    try {
      return threads.invokeAll(tasks).stream().map(Future::resultNow).toList();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
