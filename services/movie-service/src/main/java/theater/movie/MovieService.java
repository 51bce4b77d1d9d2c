package theater.movie;

import java.util.List;
import theater.kit.DocumentRoutes;
import theater.kit.ServiceConfig;
import theater.kit.ServiceProgram;
import theater.kit.http.Router;
import theater.kit.redis.DocumentStore;
import theater.kit.redis.Redis;

/// The program movie-service, port 8082: `/movies`.
public final class MovieService implements ServiceProgram.Content {
  private static final List<Movie> SEEDS =
      List.of(
          new Movie("어벤져스", "액션", 2012, "조스 웨던"),
          new Movie("겨울왕국", "애니메이션", 2013, "크리스 벅"),
          new Movie("기생충", "드라마", 2019, "봉준호"));

  public static void main(String[] arguments) {
    ServiceProgram.main("movie-service", 8082, new MovieService());
  }

  @Override
  public void routes(Router router, Redis redis, ServiceConfig config) {
    new DocumentRoutes(
            new DocumentStore(redis, "movie"), "movie", fields -> Movie.of(fields).members())
        .addTo(router);
  }

  @Override
  public void seed(Redis redis) {
    new DocumentStore(redis, "movie").seed(SEEDS.stream().map(Movie::members).toList());
  }
}
