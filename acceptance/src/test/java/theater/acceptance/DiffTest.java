package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import theater.visitor.Await;
import theater.visitor.Context;
import theater.visitor.Shell;
import theater.visitor.Theater;

/// `diff` tells what Envoys took, and both commands tell what is wrong with a question.
@ExtendWith(RunningTheater.class)
class DiffTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final Theater theater;

  DiffTest(Theater theater) {
    this.theater = theater;
  }

  @AfterEach
  void backToTheStart() {
    theater.practice("01-initial");
  }

  @Test
  void diffTellsTheWeightsAndWhenEachEnvoyTookThem() {
    new Explained(theater)
        .rules(
            """
            - match: [{headers: {x-canary: {exact: "true"}}}]
              route: [{destination: {host: user-service, subset: ctx2}}]
            - route:
              - {destination: {host: user-service, subset: ctx1}, weight: 90}
              - {destination: {host: user-service, subset: ctx2}, weight: 10}
            """);
    assertThat(diff())
        .contains("VirtualService theater-msa/user-service-vs (ctx1) changed")
        .contains("weight ctx1 70 % → 90 %", "weight ctx2 30 % → 10 %")
        .containsPattern("api-gateway-\\S+ +taken \\d+\\.\\d ms after the write");
  }

  /// The port of a new listener is taken by another program of this computer.
  @Test
  void diffTellsAnEnvoyThatRefusesAndWhy() throws IOException {
    Context ctx1 = theater.ctx1();
    ctx1.apply(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: moved}
            spec:
              selector: {app: user-service}
              ports: [{name: tcp, port: 9101}]
            """)
        .ok();
    try {
      String pod = ctx1.pod("api-gateway");
      String address = listener(ctx1, pod);
      Await.until("a listener of the Service", SOON, () -> accepts(address, 9101));
      try (ServerSocket _ = new ServerSocket(9102, 1, InetAddress.ofLiteral(address))) {
        ctx1.kubectl(
            "patch",
            "service",
            "moved",
            "--type=json",
            "-p",
            "[{\"op\":\"replace\",\"path\":\"/spec/ports/0/port\",\"value\":9102}]");
        Await.until("a refusal", SOON, () -> diff().contains("refused"));
      }
      assertThat(diff())
          .contains("Service theater-msa/moved (ctx1)")
          .containsPattern(pod + " +refused; it goes on with what it had")
          .contains("the address or port is taken by another program", "Address already in use");
    } finally {
      ctx1.kubectl("delete", "service", "moved");
    }
  }

  /// Where the pod's proxy listens for the Service.
  private static String listener(Context ctx1, String pod) {
    String ip = ctx1.field("pod/" + pod, ".status.podIP");
    String cluster = ctx1.field("service/moved", ".spec.clusterIP");
    return ip.substring(0, ip.lastIndexOf('.')) + cluster.substring(cluster.lastIndexOf('.'));
  }

  private static boolean accepts(String address, int port) {
    try (Socket _ = new Socket(address, port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String diff() {
    return theater.theater("diff", "--context", "ctx1").ok().out();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          explain GET user-service | URL is "user-service"
          explain GET http://user-service:8081/ --from nobody | no Envoy of "nobody" is connected in ctx1; expected one of
          explain GET http://user-service:8081/ --context ctx9 | There is no context "ctx9"; expected one of ctx1, ctx2.
          explain GET http://user-service:8081/ -H x-canary | header is "x-canary"; expected NAME: VALUE
          diff --last 0 | last is "0"; expected 1 to 100
          """)
  void badInputIsOneSentence(String command, String sentence) {
    Shell.Outcome outcome = theater.theater(command.strip().split(" "));
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err()).contains(sentence.strip()).doesNotContain("\tat ");
  }
}
