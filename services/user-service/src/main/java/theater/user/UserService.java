package theater.user;

import java.util.List;
import theater.kit.DocumentRoutes;
import theater.kit.ServiceConfig;
import theater.kit.ServiceProgram;
import theater.kit.http.Router;
import theater.kit.redis.DocumentStore;
import theater.kit.redis.Redis;

/// The program user-service, port 8081: `/users`.
public final class UserService implements ServiceProgram.Content {
  private static final List<User> SEEDS =
      List.of(
          new User("홍길동", "hong@example.com"),
          new User("이순신", "lee@example.com"),
          new User("김유신", "kim@example.com"));

  public static void main(String[] arguments) {
    ServiceProgram.main("user-service", 8081, new UserService());
  }

  @Override
  public void routes(Router router, Redis redis, ServiceConfig config) {
    new DocumentRoutes(
            new DocumentStore(redis, "user"), "user", fields -> User.of(fields).members())
        .addTo(router);
  }

  @Override
  public void seed(Redis redis) {
    new DocumentStore(redis, "user").seed(SEEDS.stream().map(User::members).toList());
  }
}
