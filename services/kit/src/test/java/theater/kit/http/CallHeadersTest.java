package theater.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallHeadersTest {
  private static boolean passed(String name) {
    return !CallHeaders.of(List.of(Map.entry(name, "v"))).entries().isEmpty();
  }

  @Test
  void tracesAndXHeadersArePassedOn() {
    assertThat(
            List.of(
                "traceparent",
                "tracestate",
                "b3",
                "X-B3-TraceId",
                "x-request-id",
                "X-Canary",
                "x-target"))
        .allMatch(CallHeadersTest::passed);
  }

  @Test
  void whatEnvoysAndServicesSetIsNot() {
    assertThat(
            List.of(
                "x-envoy-attempt-count",
                "X-Forwarded-For",
                "X-Service-Name",
                "X-Pod-Name",
                "host",
                "authorization",
                "content-length"))
        .noneMatch(CallHeadersTest::passed);
  }
}
