package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import theater.visitor.Theater;

/// `kubectl port-forward` to pods and services of a running theater.
@ExtendWith(RunningTheater.class)
class PortForwardTest {
  private static final String COURSE = "theater-msa";
  private final Theater theater;

  PortForwardTest(Theater theater) {
    this.theater = theater;
  }

  @Test
  void aServicesPortIsItsApplications() throws Exception {
    try (PortForward forward = new PortForward(theater, COURSE, "svc/api-gateway", 8080)) {
      assertThat(forward.get("/users/")).contains("\"email\"");
    }
  }

  @Test
  void port15000IsTheSidecarsAdmin() throws Exception {
    try (PortForward forward =
        new PortForward(theater, COURSE, "deployment/movie-service", 15000)) {
      assertThat(forward.get("/config_dump")).contains("outbound|8081|");
    }
  }
}
