package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import theater.visitor.Context;
import theater.visitor.Shell;
import theater.visitor.Theater;

/// The real helm with a chart of a Deployment, a ConfigMap, a Service, a VirtualService and a test.
@ExtendWith(RunningTheater.class)
class HelmTest {
  private static final String CHART = "acceptance/src/test/resources/theater/acceptance/greeter";
  private final Theater theater;
  private final Context ctx1;

  HelmTest(Theater theater) {
    this.theater = theater;
    this.ctx1 = theater.ctx1();
  }

  @AfterEach
  void uninstall() {
    helm("uninstall", "hi", "--ignore-not-found");
  }

  @Test
  void aChartIsInstalledUpgradedTestedRolledBackAndUninstalled() {
    assertThat(install("--wait").ok().out()).contains("STATUS: deployed", "REVISION: 1");
    assertThat(fields()).isEqualTo("1 hello 5s");
    assertThat(helm("list").ok().out()).containsPattern("hi\\s+theater-msa\\s+1\\s.*deployed");

    String[] changed = {"--wait", "--set", "replicas=2,greeting=bye,timeout=7s"};
    assertThat(install(changed).ok().out()).contains("REVISION: 2");
    assertThat(fields()).isEqualTo("2 bye 7s");
    assertThat(ctx1.field("deployment/hi", ".status.readyReplicas")).isEqualTo("2");
    assertThat(helm("status", "hi").ok().out())
        .contains("==> v1/VirtualService", "==> v1/Pod(related)")
        .containsPattern("hi\\s+2/2\\s+2\\s+2");
    assertThat(helm("test", "hi", "--logs", "--timeout", "90s").ok().out())
        .containsPattern("Phase:\\s+Succeeded")
        .contains("\"email\"");

    helm("rollback", "hi", "1", "--wait", "--timeout", "90s").ok();
    assertThat(fields()).isEqualTo("1 hello 5s");
    assertThat(helm("history", "hi").ok().out())
        .containsPattern("(?s)superseded.*Upgrade complete.*deployed.*Rollback to 1");
    assertThat(
            ctx1.kubectl(
                "get", "secrets", "-l", "owner=helm,name=hi", "-o", "jsonpath={.items[*].type}"))
        .isEqualTo("helm.sh/release.v1 helm.sh/release.v1 helm.sh/release.v1");

    helm("uninstall", "hi", "--wait", "--timeout", "90s").ok();
    assertThat(ctx1.attempt("get", "deployment,service,virtualservice,configmap", "hi").err())
        .contains(
            "deployments.apps \"hi\" not found",
            "virtualservices.networking.istio.io \"hi\" not found");
    assertThat(helm("list", "--short").ok().out()).isBlank();
  }

  @Test
  void anUpgradeThatCannotBeIsToldAndRolledBack() {
    install("--wait").ok();
    Shell.Outcome refused = install("--set", "timeout=soon");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("spec.http[0].timeout: Invalid value");

    Shell.Outcome noImage =
        install("--set", "image=nowhere", "--rollback-on-failure", "--timeout", "10s");
    assertThat(noImage.exit()).isEqualTo(1);
    assertThat(noImage.err()).contains("has been rolled back");
    assertThat(ctx1.field("deployment/hi", ".spec.template.spec.containers[0].image"))
        .isEqualTo(image());
    assertThat(helm("history", "hi", "--max", "1").ok().out()).contains("deployed");
  }

  private String fields() {
    return String.join(
        " ",
        ctx1.field("deployment/hi", ".spec.replicas"),
        ctx1.field("configmap/hi", ".data.greeting"),
        ctx1.field("virtualservice/hi", ".spec.http[0].timeout"));
  }

  private String image() {
    return "harbor.localhost:" + theater.port() + "/theater-msa/user-service:v1";
  }

  private Shell.Outcome install(String... options) {
    List<String> words =
        new ArrayList<>(List.of("upgrade", "--install", "hi", CHART, "--set", "image=" + image()));
    words.addAll(List.of(options));
    if (!words.contains("--timeout")) {
      words.addAll(List.of("--timeout", "90s"));
    }
    return helm(words.toArray(String[]::new));
  }

  private Shell.Outcome helm(String... words) {
    List<String> command =
        new ArrayList<>(List.of("helm", "--kube-context", "ctx1", "-n", "theater-msa"));
    command.addAll(List.of(words));
    return theater.theater(command.toArray(String[]::new));
  }
}
