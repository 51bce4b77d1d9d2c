package theater.mesh.translation.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.Route;
import java.util.List;
import org.junit.jupiter.api.Test;
import theater.mesh.translation.Translated;

class MatchesTest {
  private static final String ROUTE = "  route: [{destination: {host: user-service}}]\n";

  @Test
  void whatFollowsARouteForEverythingIsDropped() {
    Translated translated =
        Translated.http("-\n" + ROUTE + "- match: [{uri: {prefix: /a}}]\n" + ROUTE);
    assertThat(translated.routes()).hasSize(1);
    assertThat(translated.problems()).containsExactly("INERT spec.http[1]");
  }

  @Test
  void anotherCallersRouteIsLeftOut() {
    List<Route> routes =
        Translated.http(
                "- match: [{sourceLabels: {app: booking-service}}]\n"
                    + ROUTE
                    + "- match: [{uri: {exact: /a}}]\n"
                    + ROUTE)
            .routes();
    assertThat(routes).hasSize(1);
    assertThat(routes.getFirst().getMatch().getPath()).isEqualTo("/a");
  }

  @Test
  void withoutAValueAlsoTakesAMissingHeader() {
    HeaderMatcher header =
        Translated.http("- match: [{withoutHeaders: {x-a: {exact: one}}}]\n" + ROUTE)
            .routes()
            .getFirst()
            .getMatch()
            .getHeaders(0);
    assertThat(header.getInvertMatch()).isTrue();
    assertThat(header.getTreatMissingHeaderAsEmpty()).isTrue();
  }

  @Test
  void anExpressionThatEnvoyWouldRefuseMatchesNothing() {
    Translated translated = Translated.http("- match: [{uri: {regex: \"(?!a)\"}}]\n" + ROUTE);
    assertThat("/a")
        .doesNotMatch(translated.routes().getFirst().getMatch().getSafeRegex().getRegex());
    assertThat(translated.problems()).containsExactly("MALFORMED spec.http[0].match[0].uri.regex");
  }
}
