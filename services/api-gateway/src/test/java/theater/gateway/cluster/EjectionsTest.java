package theater.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Hosts that Envoy's admin interface calls failed by the outlier check.
class EjectionsTest {
  private static final String LOCAL =
      "outbound|8081|ctx1|user-service.theater-msa.svc.cluster.local";
  private static final String REMOTE =
      "outbound|8081|new|user-service.theater-msa.svc.cluster.local";
  private static final String ALL = "outbound|8082||movie-service.theater-msa.svc.cluster.local";

  private final Ejections ejections =
      new Ejections(
          "theater-msa", (service, subset) -> Map.of("ctx1", "ctx1", "new", "ctx2").get(subset));

  @Test
  void hostIsToldWithItsPodOrAsTheOtherContextsGateway() throws Exception {
    String clusters =
        clusters(
            host(LOCAL, "127.1.4.1", 8081, true),
            host(REMOTE, "127.2.1.1", 15443, true),
            host(ALL, "127.2.1.1", 15443, true),
            host(ALL, "127.1.9.1", 8082, false));
    assertThat(ejections.read(clusters, pods(), "ctx2", "t1"))
        .containsExactly(
            new Ejection("user-service", "ctx1", "user-1", "127.1.4.1:8081", "t1", LOCAL),
            new Ejection("user-service", "ctx2", null, "127.2.1.1:15443", "t1", REMOTE),
            new Ejection("movie-service", "ctx2", null, "127.2.1.1:15443", "t1", ALL));
  }

  @Test
  void timeIsThatOfTheFirstSight() throws Exception {
    String ejected = clusters(host(LOCAL, "127.1.4.1", 8081, true));
    ejections.read(ejected, pods(), "ctx2", "t1");
    assertThat(ejections.read(ejected, pods(), "ctx2", "t2"))
        .extracting(Ejection::since)
        .containsExactly("t1");
    assertThat(
            ejections.read(clusters(host(LOCAL, "127.1.4.1", 8081, false)), pods(), "ctx2", "t3"))
        .isEmpty();
    assertThat(ejections.read(ejected, pods(), "ctx2", "t4"))
        .extracting(Ejection::since)
        .containsExactly("t4");
  }

  @Test
  void whatIsNotKnownIsNotGuessed() throws Exception {
    assertThat(
            ejections.read(
                clusters(host(ALL, "127.2.1.1", 15443, true)),
                ContextPods.unknown("ctx1", "no answer"),
                "ctx2",
                "t1"))
        .extracting(Ejection::context)
        .containsOnlyNulls();
    assertThat(
            ejections.read(
                clusters(
                    host(
                        "outbound|6379||redis.theater-msa.svc.cluster.local",
                        "127.2.1.1",
                        15443,
                        true),
                    host("xds", "127.0.0.1", 1, true)),
                pods(),
                "ctx2",
                "t1"))
        .isEmpty();
  }

  private static ContextPods pods() throws Exception {
    JsonNode pod =
        new ObjectMapper()
            .readTree("{\"metadata\":{\"name\":\"user-1\"},\"status\":{\"podIP\":\"127.1.4.1\"}}");
    return new ContextPods("ctx1", null, List.of(pod), List.of());
  }

  private static String clusters(String... hosts) {
    return "{\"cluster_statuses\":[" + String.join(",", hosts) + "]}";
  }

  private static String host(String cluster, String ip, int port, boolean ejected) {
    return """
    {"name":"%s","host_statuses":[{"address":{"socket_address":{"address":"%s","port_value":%d}},"health_status":{%s"eds_health_status":"HEALTHY"}}]}\
    """
        .formatted(cluster, ip, port, ejected ? "\"failed_outlier_check\":true," : "");
  }
}
