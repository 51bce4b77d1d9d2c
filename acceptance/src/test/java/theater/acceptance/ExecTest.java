package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import theater.visitor.Shell;
import theater.visitor.Theater;

/// Commands in pods of a running theater, as the course types them.
@ExtendWith(RunningTheater.class)
class ExecTest {
  private final Theater theater;

  ExecTest(Theater theater) {
    this.theater = theater;
  }

  private Shell.Outcome exec(String... command) {
    String[] words = {
      "--context", "ctx1", "exec", "-n", "theater-msa", "deployment/user-service", "--"
    };
    String[] all = new String[words.length + command.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(command, 0, all, words.length, command.length);
    return theater.kubectl(all);
  }

  @Test
  void curlInAPodGoesThroughItsSidecarByTheWeightsAndTheHeader() {
    theater.practice("01-initial");
    String url = "http://movie-service.theater-msa.svc.cluster.local:8082/movies/";
    String loop =
        "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do curl -sS -o /dev/null -D - %s; done";
    String answers = exec("sh", "-c", loop.formatted(url)).ok().out();
    assertThat(answers).containsIgnoringCase("x-service-cluster: ctx2");
    assertThat(answers).containsIgnoringCase("x-service-cluster: ctx1");
    String canary = exec("sh", "-c", loop.formatted("-H 'x-canary: true' " + url)).ok().out();
    assertThat(canary)
        .containsIgnoringCase("x-service-cluster: ctx1")
        .doesNotContainIgnoringCase("x-service-cluster: ctx2");
  }

  @Test
  void wgetAndLocalhostMeanThePodToo() {
    assertThat(exec("wget", "-qO-", "http://movie-service:8082/movies/").ok().out())
        .contains("\"title\"");
    assertThat(exec("curl", "-sS", "localhost:8081/users/").ok().out()).contains("\"email\"");
    assertThat(exec("curl", "-sS", "localhost:15021/healthz/ready").ok().out()).contains("LIVE");
  }

  @Test
  void theSidecarTellsItsStatisticsAndConfiguration() {
    String[] proxy = {
      "--context",
      "ctx1",
      "exec",
      "-n",
      "theater-msa",
      "deployment/user-service",
      "-c",
      "istio-proxy",
      "--",
      "pilot-agent",
      "request",
      "GET",
      "stats/prometheus"
    };
    assertThat(theater.kubectl(proxy).ok().out()).contains("envoy_cluster_upstream_rq_total");
    proxy[proxy.length - 1] = "config_dump";
    assertThat(theater.kubectl(proxy).ok().out()).contains("outbound|8082|");
  }

  @Test
  void exitCodesComeBack() {
    assertThat(exec("sh", "-c", "exit 7").exit()).isEqualTo(7);
    Shell.Outcome missing = exec("no-such-program");
    assertThat(missing.exit()).isEqualTo(127);
    assertThat(missing.err()).contains("executable file not found in $PATH");
  }

  @Test
  void filesAreCopiedThereAndBack(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("seats.txt");
    Path back = folder.resolve("back.txt");
    Files.writeString(file, "A1\nA2\n");
    String pod = theater.ctx1().pod("user-service");
    String place = "theater-msa/" + pod + ":seats.txt";
    theater.kubectl("--context", "ctx1", "cp", file.toString(), place).ok();
    theater.kubectl("--context", "ctx1", "cp", place, back.toString()).ok();
    assertThat(back).hasContent("A1\nA2\n");
  }
}
