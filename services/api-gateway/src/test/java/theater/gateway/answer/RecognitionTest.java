package theater.gateway.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an Envoy writes when it answers itself, and the flag that its access log would show.
class RecognitionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          500 | fault filter abort                                                                                        | FI
          418 | fault filter abort                                                                                        | FI
          503 | no healthy upstream                                                                                       | UH
          503 | upstream connect error or disconnect/reset before headers. reset reason: overflow                          | UO
          503 | upstream connect error or disconnect/reset before headers. reset reason: remote connection failure, transport failure reason: delayed connect error: Connection refused | UF
          503 | upstream connect error or disconnect/reset before headers. reset reason: connection timeout                | UF
          503 | upstream connect error or disconnect/reset before headers. reset reason: connection termination            | UC
          503 | upstream connect error or disconnect/reset before headers. retried and the latest reset reason: remote_connection_failure | UF
          503 | upstream connect error or disconnect/reset before headers. reset reason: remote reset                      | UR
          504 | upstream request timeout                                                                                  | UT
          403 | RBAC: access denied                                                                                       | RBAC
          401 | Jwt is missing                                                                                            | JWT
          401 | Jwt verification fails                                                                                    | JWT
          403 | Audiences in Jwt are not allowed                                                                          | JWT
          429 | local_rate_limited                                                                                        | RL
          503 | ''                                                                                                        | NC
          404 | ''                                                                                                        | NR
          200 | hello                                                                                                     | -
          500 | ''                                                                                                        | -
          """)
  void flagFollowsFromStatusAndText(int status, String text, String flag) {
    assertThat(Recognition.of(status, name -> null, text))
        .isEqualTo(new Origin.ByEnvoy(flag, "caller", text));
  }

  @Test
  void upstreamTimeMeansThatAnEnvoyFurtherOnAnswered() {
    Map<String, String> headers = Map.of("x-envoy-upstream-service-time", "2");
    assertThat(Recognition.of(503, headers::get, "no healthy upstream"))
        .isEqualTo(new Origin.ByEnvoy("UH", "server", "no healthy upstream"));
  }

  @Test
  void headersOfAServiceWinOverWhatItsBodySays() {
    Map<String, String> headers =
        Map.of(
            "X-Service-Name", "user-service", "X-Service-Cluster", "ctx2", "X-Pod-Name", "user-1");
    assertThat(Recognition.of(503, headers::get, "no healthy upstream"))
        .isEqualTo(new Origin.ByService("ctx2", "user-1"));
  }

  @Test
  void textIsCutTo200Characters() {
    assertThat(Recognition.of(500, name -> null, "fault filter abort" + "x".repeat(400)))
        .isInstanceOfSatisfying(
            Origin.ByEnvoy.class, envoy -> assertThat(envoy.text()).hasSize(200));
  }
}
