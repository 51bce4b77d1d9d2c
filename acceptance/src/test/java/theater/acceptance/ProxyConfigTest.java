package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import theater.visitor.Await;
import theater.visitor.Theater;

/// The tables of `theater proxy-config` and `proxy-status`, and the pod `istiod` that istioctl
/// asks.
@ExtendWith(RunningTheater.class)
class ProxyConfigTest {
  private static final String GATEWAY = "deployment/api-gateway.theater-msa";
  private final Theater theater;

  ProxyConfigTest(Theater theater) {
    this.theater = theater;
  }

  private String config(String... words) {
    String[] all = new String[words.length + 3];
    all[0] = "proxy-config";
    System.arraycopy(words, 0, all, 1, words.length);
    all[words.length + 1] = "--context";
    all[words.length + 2] = "ctx1";
    return theater.theater(all).ok().out();
  }

  @Test
  void clustersNameTheDestinationRuleOfTheirSubset() {
    assertThat(config("cluster", GATEWAY, "--fqdn", "user-service", "--subset", "ctx2"))
        .containsPattern(
            "user-service\\.theater-msa\\.svc\\.cluster\\.local +8081 +ctx2 +outbound +EDS +user-service-dr\\.theater-msa");
  }

  @Test
  void routesNameTheVirtualService() {
    assertThat(config("route", GATEWAY)).contains("user-service-vs.theater-msa");
  }

  @Test
  void theOtherContextIsOneEndpointOfItsEastWestGateway() {
    String cluster = "outbound|8081|ctx2|user-service.theater-msa.svc.cluster.local";
    List<String> lines = config("endpoint", GATEWAY, "--cluster", cluster).lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1)).contains(":15443 ", "HEALTHY", "OK");
  }

  @Test
  void redisIsReachedThroughTheEastWestGatewayOfCtx2() {
    String redis = "outbound|6379||redis.theater-msa.svc.cluster.local";
    List<String> lines = config("endpoint", GATEWAY, "--cluster", redis).lines().toList();
    assertThat(lines).hasSize(2);
    String gateway =
        theater
            .ctx2()
            .kubectl(
                "get",
                "pods",
                "-n",
                "istio-system",
                "-l",
                "app=istio-eastwestgateway",
                "-o",
                "jsonpath={.items[0].status.podIP}");
    assertThat(lines.get(1)).startsWith(gateway + ":15443 ");
  }

  @Test
  void theCertificateIsOfTheMesh() {
    assertThat(config("secret", GATEWAY))
        .containsPattern("default +Cert Chain +ACTIVE +true")
        .containsPattern("ROOTCA +CA +ACTIVE +true");
  }

  @Test
  void theBootstrapTheLevelsAndAllTogether() {
    assertThat(config("bootstrap", GATEWAY)).contains("\"bootstrap\"", "\"sidecar~127.");
    assertThat(config("bootstrap", GATEWAY, "-o", "yaml")).contains("\nbootstrap:\n");
    assertThat(config("log", GATEWAY, "--level", "rbac:debug")).contains("rbac: debug");
    assertThat(config("log", GATEWAY, "--reset")).contains("rbac: warning");
    assertThat(config("all", GATEWAY))
        .contains("SERVICE FQDN", "VIRTUAL SERVICE", "LOCALITY", "ADDRESSES", "RESOURCE NAME");
    assertThat(
            config("cluster", GATEWAY, "--fqdn", "user-service", "--subset", "ctx2", "-o", "yaml"))
        .startsWith("- ")
        .contains("name: outbound|8081|ctx2|user-service.theater-msa.svc.cluster.local");
  }

  @Test
  void everyEnvoyOfTheContextIsConnectedAndSynced() {
    Await.until(
        "all synced",
        Duration.ofMinutes(2),
        () -> {
          String status =
              theater.theater("proxy-status", "--context", "ctx2", "-v", "1").ok().out();
          // Header, three services of two pods, Redis and the east-west gateway.
          return status.lines().count() == 9 && !status.contains("STALE");
        });
    assertThat(theater.theater("proxy-status", "--context", "ctx1").ok().out())
        .containsPattern(
            "api-gateway-\\S+\\.theater-msa +ctx1 +istiod-\\S+ +\\S+ +4 \\(CDS,LDS,EDS,RDS\\)");
  }

  @Test
  void istiodIsAPodWithAService() {
    assertThat(
            theater
                .kubectl(
                    "--context",
                    "ctx1",
                    "exec",
                    "-n",
                    "theater-msa",
                    "deployment/api-gateway",
                    "-c",
                    "api-gateway",
                    "--",
                    "curl",
                    "-sS",
                    "http://istiod.istio-system:15014/version")
                .ok()
                .out())
        .startsWith("1.29");
  }
}
