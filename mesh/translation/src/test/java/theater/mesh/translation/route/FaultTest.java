package theater.mesh.translation.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import org.junit.jupiter.api.Test;
import theater.mesh.translation.Translated;

class FaultTest {
  private static final String ROUTE = "  route: [{destination: {host: user-service}}]";

  @Test
  void sharesGoDownToATenThousandthOfAPercent() throws Exception {
    Translated translated =
        Translated.http(
            "- fault: {abort: {httpStatus: 503, percentage: {value: 0.0001}}}\n" + ROUTE);
    HTTPFault fault =
        Translated.filter(translated.routes().getFirst(), Fault.FILTER, HTTPFault.class);
    assertThat(fault.getAbort().getHttpStatus()).isEqualTo(503);
    assertThat(fault.getAbort().getPercentage().getNumerator()).isEqualTo(1);
    assertThat(fault.hasDelay()).isFalse();
  }

  @Test
  void withoutAPercentageNothingHappensAndThatIsTold() throws Exception {
    Translated translated = Translated.http("- fault: {delay: {fixedDelay: 3s}}\n" + ROUTE);
    HTTPFault fault =
        Translated.filter(translated.routes().getFirst(), Fault.FILTER, HTTPFault.class);
    assertThat(fault.getDelay().getPercentage().getNumerator()).isZero();
    assertThat(translated.problems()).containsExactly("INERT spec.http[0].fault.delay");
  }

  @Test
  void aStatusOutOfRangeIsNoFault() {
    Translated translated =
        Translated.http("- fault: {abort: {httpStatus: 999, percentage: {value: 50}}}\n" + ROUTE);
    assertThat(translated.routes().getFirst().getTypedPerFilterConfigMap()).isEmpty();
    assertThat(translated.problems())
        .containsExactly("MALFORMED spec.http[0].fault.abort.httpStatus");
  }
}
