package theater.booking;

import theater.kit.ServiceConfig;
import theater.kit.ServiceProgram;
import theater.kit.call.Peer;
import theater.kit.http.Router;
import theater.kit.redis.Redis;

/// The program booking-service, port 8083: `/bookings`.
public final class BookingService implements ServiceProgram.Content {
  public static void main(String[] arguments) {
    ServiceProgram.main("booking-service", 8083, new BookingService());
  }

  @Override
  public void routes(Router router, Redis redis, ServiceConfig config) {
    var users = new Peer("user-service", config.userServiceUrl(), config.callTimeout());
    var movies = new Peer("movie-service", config.movieServiceUrl(), config.callTimeout());
    new BookingHandlers(new BookingStore(redis), users, movies).addTo(router);
  }

  /// There are no bookings to begin with.
  @Override
  public void seed(Redis redis) {}
}
