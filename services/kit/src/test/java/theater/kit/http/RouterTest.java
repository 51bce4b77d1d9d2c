package theater.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RouterTest {
  private final Router router =
      new Router()
          .on("GET", "/users", r -> Answer.nothing())
          .on("POST", "/users", r -> Answer.nothing())
          .on("GET", "/users/{id}", r -> Answer.nothing());

  @Test
  void aLastSlashMakesNoDifference() {
    assertThat(router.find("GET", "/users/").route())
        .isSameAs(router.find("GET", "/users").route())
        .isNotNull();
    assertThat(router.find("GET", "/users/7/").parameters()).containsEntry("id", "7");
  }

  @Test
  void headIsAnsweredByGet() {
    assertThat(router.find("HEAD", "/users").route().method()).isEqualTo("GET");
  }

  @Test
  void anotherMethodIsToldWhatIsAllowed() {
    assertThat(router.find("PATCH", "/users").allow()).isEqualTo("GET, HEAD, OPTIONS, POST");
  }

  @Test
  void anUnknownPathHasNeitherRouteNorMethods() {
    assertThat(router.find("GET", "/")).isEqualTo(new Router.Match(null, java.util.Map.of(), ""));
    assertThat(router.find("GET", "/users/1/2").route()).isNull();
  }
}
