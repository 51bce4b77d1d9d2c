package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import theater.visitor.Theater;

/// The requests that istioctl 1.29 makes, one by one: no registry here has the program itself.
@ExtendWith(RunningTheater.class)
class IstioctlRequestsTest {
  private static final String ISTIO = "istio-system";
  private final Theater theater;

  IstioctlRequestsTest(Theater theater) {
    this.theater = theater;
  }

  private String kubectl(String... words) {
    String[] all = new String[words.length + 4];
    all[0] = "--context";
    all[1] = "ctx1";
    all[2] = "-n";
    all[3] = ISTIO;
    System.arraycopy(words, 0, all, 4, words.length);
    return theater.kubectl(all).ok().out();
  }

  /// `istioctl version` and `proxy-status`: every control plane by its label.
  @Test
  void istiodIsFoundAskedAndGivesTokens() throws Exception {
    String pods =
        kubectl(
            "get",
            "pods",
            "-l",
            "app=istiod",
            "--field-selector=status.phase=Running",
            "-o",
            "name");
    assertThat(pods.lines()).hasSize(1).first().asString().startsWith("pod/istiod-");
    assertThat(kubectl("create", "token", "default", "--audience=istio-ca")).startsWith("eyJ");
    String gateway = theater.ctx1().pod("api-gateway") + ".theater-msa";
    try (PortForward istiod = new PortForward(theater, ISTIO, pods.strip(), 15014)) {
      assertThat(istiod.get("/version")).contains("1.29");
      assertThat(istiod.get("/debug/syncz"))
          .containsPattern("\"proxy\" ?: ?\"" + gateway + "\"")
          .containsPattern("\"cluster_id\" ?: ?\"ctx1\"");
      assertThat(istiod.get("/debug/edsz?proxyID=" + gateway))
          .contains("outbound|8081||user-service.theater-msa.svc.cluster.local", "lbEndpoints");
    }
  }

  /// `istioctl proxy-config`, `describe pod` and `proxy-config log`: Envoy's admin by a forward.
  @Test
  void anEnvoyTellsItsConfigurationAndTakesLevels() throws Exception {
    String pod = "pod/" + theater.ctx1().pod("user-service");
    try (PortForward envoy = new PortForward(theater, "theater-msa", pod, 15000)) {
      assertThat(envoy.get("/config_dump?include_eds"))
          .contains("envoy.admin.v3.EndpointsConfigDump", "envoy.admin.v3.BootstrapConfigDump");
      assertThat(envoy.get("/clusters?format=json"))
          .contains("\"cluster_statuses\"", "outbound|8082||movie-service.theater-msa");
      assertThat(envoy.get("/stats"))
          .containsPattern("(?m)^cluster_manager\\.cds\\.update_success: \\d+$");
      assertThat(envoy.call("POST", "/logging?rbac=debug")).containsPattern("rbac: debug");
      assertThat(envoy.call("POST", "/logging?rbac=warning")).containsPattern("rbac: warning");
    }
  }
}
