package theater.mesh.xds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a VirtualService makes the real Envoy beside the caller do.
class RouteBehaviourTest {
  private static final String RULE =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: user, namespace: shop}
      spec:
        hosts: [user]
        http:
      """;
  private static final String TO_USER = "route: [{destination: {host: user}}]";
  private TestMesh mesh;

  @BeforeEach
  void start() throws Exception {
    mesh = TestMesh.shared();
  }

  @AfterEach
  void clear() throws Exception {
    assertThat(mesh.server.acknowledged()).noneMatch(Acknowledgement::refused);
    mesh.clear();
    Until.holds("no rule acts", () -> call("/").body().startsWith("/\n"));
  }

  @Test
  void retriesHideFailuresUntilTheyAreUsedUp() throws Exception {
    rule(
        "- match: [{uri: {prefix: /failing}}]",
        "  retries: {attempts: 2, retryOn: 5xx, perTryTimeout: 5s}",
        "  " + TO_USER,
        "- match: [{uri: {exact: /mark}}]",
        "  directResponse: {status: 218}",
        "- " + TO_USER);
    mark();
    assertThat(call("/failing/2/a").status()).as("the third try").isEqualTo(200);
    assertThat(Programs.seen("/failing/2/a")).isEqualTo(3);
    assertThat(call("/failing/3/b").status()).as("one failure too many").isEqualTo(503);
    assertThat(Programs.seen("/failing/3/b")).isEqualTo(3);
  }

  @Test
  void attemptsOfZeroSwitchRetriesOff() throws Exception {
    rule(
        "- match: [{uri: {prefix: /failing}}]",
        "  retries: {attempts: 0}",
        "  " + TO_USER,
        "- match: [{uri: {exact: /mark}}]",
        "  directResponse: {status: 218}",
        "- " + TO_USER);
    mark();
    assertThat(call("/failing/1/c").status()).isEqualTo(503);
    assertThat(Programs.seen("/failing/1/c")).isEqualTo(1);
  }

  @Test
  void aTimeoutCutsASlowAnswer() throws Exception {
    rule("- timeout: 0.3s", "  " + TO_USER);
    Until.holds("the time limit acts", () -> call("/held").status() == 504);
    Call cut = call("/held");
    assertThat(cut.body()).isEqualTo("upstream request timeout");
    assertThat(call("/").status()).isEqualTo(200);
  }

  @Test
  void anAbortForAHeaderReachesNobodyAndLeavesTheOthers() throws Exception {
    rule(
        "- match: [{headers: {x-trial: {exact: 'yes'}}}]",
        "  fault: {abort: {httpStatus: 418, percentage: {value: 100}}}",
        "  " + TO_USER,
        "- " + TO_USER);
    Until.holds("the fault acts", () -> call("/d", "x-trial", "yes").status() == 418);
    int before = Programs.seen("/e");
    Call aborted = call("/e", "x-trial", "yes");
    assertThat(aborted.body()).isEqualTo("fault filter abort");
    assertThat(Programs.seen("/e")).isEqualTo(before);
    assertThat(call("/e").status()).isEqualTo(200);
  }

  @Test
  void aMirrorGetsACopyAndTheCallerTheFirstAnswer() throws Exception {
    rule(
        "- " + TO_USER,
        "  mirror: {host: tickets.shop.svc.cluster.local, port: {number: 9000}}",
        "  mirrorPercentage: {value: 100}");
    Until.holds(
        "the copy arrives",
        () ->
            call("/copied").status() == 200
                && Programs.copies().contains("user.shop-shadow:8081 /copied"));
  }

  @Test
  void rewriteRedirectAndDirectResponse() throws Exception {
    rule(
        "- match: [{uri: {prefix: /old}}]",
        "  rewrite: {uri: /new, authority: elsewhere.example}",
        "  " + TO_USER,
        "- match: [{uri: {prefix: /moved}}]",
        "  redirect: {uri: /there, redirectCode: 308}",
        "- match: [{uri: {exact: /mark}}]",
        "  directResponse: {status: 218, body: {string: from the Envoy}}",
        "- " + TO_USER);
    mark();
    assertThat(call("/mark").body()).isEqualTo("from the Envoy");
    assertThat(call("/old/a?b=1").body())
        .startsWith("/new/a?b=1\n")
        .contains("host: elsewhere.example");
    Call moved = call("/moved/a");
    assertThat(moved.status()).isEqualTo(308);
    assertThat(moved.answer().headers().firstValue("location"))
        .contains("http://user.shop:8081/there");
  }

  @Test
  void headersAreSetAddedAndRemovedOnBothWays() throws Exception {
    rule(
        "- " + TO_USER,
        "  headers:",
        "    request: {set: {x-set: one}, add: {x-add: two}, remove: [x-gone]}",
        "    response: {set: {x-back: three}, remove: [x-program]}");
    Until.holds("headers", () -> call("/").answer().headers().firstValue("x-back").isPresent());
    Call call = call("/", "x-set", "zero", "x-add", "first", "x-gone", "here");
    assertThat(call.body()).contains("x-set: one\n", "x-add: first\n", "x-add: two\n");
    assertThat(call.body()).doesNotContain("x-gone");
    assertThat(call.answer().headers().firstValue("x-back")).contains("three");
    assertThat(call.answer().headers().firstValue("x-program")).isEmpty();
  }

  @Test
  void corsAnswersThePreflightItself() throws Exception {
    rule(
        "- corsPolicy: {allowOrigins: [{exact: 'http://page.example'}], allowMethods: [PUT], maxAge: 1m}",
        "  " + TO_USER);
    Until.holds(
        "the policy acts", () -> preflight("http://page.example").contains("http://page.example"));
    assertThat(preflight("http://other.example")).isEmpty();
  }

  private static List<String> preflight(String origin) throws IOException, InterruptedException {
    return Call.of(
            "OPTIONS",
            "http://" + TestMesh.CLIENT + ".10:8081/cors",
            "user.shop:8081",
            "Origin",
            origin,
            "Access-Control-Request-Method",
            "PUT")
        .answer()
        .headers()
        .allValues("access-control-allow-origin");
  }

  /// Waits for the rule that answers `/mark` itself.
  private static void mark() throws Exception {
    Until.holds("the rule acts", () -> call("/mark").status() == 218);
  }

  private void rule(String... http) throws IOException {
    mesh.apply(RULE + String.join("\n", http).indent(2));
  }

  private static Call call(String path, String... headers)
      throws IOException, InterruptedException {
    return Call.from(TestMesh.CLIENT, path, headers);
  }
}
