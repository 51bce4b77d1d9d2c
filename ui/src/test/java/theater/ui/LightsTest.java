package theater.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Lights, lane and ratios: who answered.
@ExtendWith(InChromium.class)
class LightsTest {

  private static final String USER = "user-service";
  private static final String MOVIE = "movie-service";

  private final Browser browser;
  private StubGateway gateway;
  private Visit visit;

  LightsTest(Browser browser) {
    this.browser = browser;
  }

  @BeforeEach
  void openTheater() {
    gateway = new StubGateway(Script.snapshot(List.of()));
    Matinee.serveLists(gateway);
  }

  @AfterEach
  void close() {
    if (visit != null) {
      visit.close();
    }
    gateway.close();
  }

  private void open(Object snapshot, String language) {
    gateway.snapshot(snapshot);
    visit = Visit.live(browser, gateway, language);
  }

  @Test
  void snapshotFillsTheLightsFromTheRight() {
    open(
        Script.snapshot(
            List.of(
                Script.byService(1, USER, "ctx1", 200),
                Script.byService(2, USER, "ctx2", 200),
                Script.byService(3, USER, "ctx1", 500))),
        "en");
    Locator newest = visit.part("light-user-service-ctx1-15");
    assertThat(newest).hasAttribute("data-kind", "error");
    assertThat(newest).hasAttribute("data-newest", "true");
    assertThat(visit.part("light-user-service-ctx1-14")).hasAttribute("data-kind", "ok");
    assertThat(visit.part("light-user-service-ctx1-13")).hasAttribute("data-kind", "empty");
    assertThat(visit.part("light-user-service-ctx2-15")).hasAttribute("data-seq", "2");
    assertThat(visit.page().locator("[data-newest]")).hasCount(1);
  }

  @Test
  void lightTellsClusterPodStatusTimeAndDuration() {
    open(Script.snapshot(List.of(Script.byService(1, USER, "ctx1", 404))), "en");
    Locator light = visit.part("light-user-service-ctx1-15");
    for (String attribute : List.of("title", "aria-label")) {
      assertThat(light)
          .hasAttribute(
              attribute,
              Pattern.compile("ctx1 · user-service-ctx1-pod · 404 · \\d\\d:00:00 · 12 ms"));
    }
  }

  @Test
  void answerMovesTheRowOfItsServiceAndClusterOnly() {
    open(Script.snapshot(Script.good(1, 16, MOVIE, "ctx2")), "en");
    gateway.send("answer", Script.byService(17, MOVIE, "ctx2", 200));
    assertThat(visit.part("light-movie-service-ctx2-15")).hasAttribute("data-seq", "17");
    assertThat(visit.part("light-movie-service-ctx2-0")).hasAttribute("data-seq", "2");
    assertThat(visit.part("light-movie-service-ctx1-15")).hasAttribute("data-kind", "empty");
    assertThat(visit.part("light-user-service-ctx2-15")).hasAttribute("data-kind", "empty");
  }

  @Test
  void answerOfAnEnvoyGoesToTheLaneAndIsExplained() {
    open(Script.snapshot(List.of()), "en");
    gateway.send("answer", Script.byEnvoy(1, USER, "FI", "caller", 500, "fault filter abort"));
    Locator light = visit.part("lane-user-service-none").locator(".light").last();
    assertThat(light).hasAttribute("data-flag", "FI");
    assertThat(light).hasText("FI");
    assertThat(visit.part("lane-counts-user-service")).hasText("FI ×1");
    assertThat(visit.part("lane-meaning-user-service"))
        .hasText(
            "FI (500, the gateway's Envoy): A rule injected this error (fault abort). "
                + "It never reached the service.");
    gateway.send("answer", Script.byEnvoy(2, USER, "UH", "server", 503, "no healthy upstream"));
    assertThat(visit.part("lane-meaning-user-service"))
        .hasText("UH (503, an Envoy further on): There is no healthy pod to send to.");
    assertThat(visit.part("light-user-service-ctx1-15")).hasAttribute("data-kind", "empty");
  }

  @Test
  void everyKindHasItsOwnShape() {
    open(
        Script.snapshot(
            List.of(
                Script.byService(1, USER, "ctx1", 200),
                Script.byService(2, USER, "ctx1", 404),
                Script.byService(3, USER, "ctx1", 500),
                Script.with(Script.byService(4, USER, "ctx1", 200), "delayed", "probably injected"),
                Script.byEnvoy(5, USER, "UF", "caller", 503, "connection failure"))),
        "ko");
    Object shapes =
        visit
            .page()
            .evaluate(
                "[...document.querySelectorAll('.light:not([data-kind=empty]) use')]"
                    + ".map((use) => use.getAttribute('href'))");
    Assertions.assertThat((List<?>) shapes).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void ratiosAreConfiguredAndObservedWithTheirInterval() {
    List<Map<String, Object>> answers = new ArrayList<>(Script.good(1, 60, USER, "ctx1"));
    answers.addAll(Script.good(61, 20, USER, "ctx2"));
    for (int seq = 81; seq <= 100; seq++) {
      answers.add(Script.byEnvoy(seq, USER, "FI", "caller", 500, "fault filter abort"));
    }
    open(Script.snapshot(answers), "en");
    assertThat(visit.part("configured-user-service")).hasText("70 : 30");
    assertThat(visit.part("observed-user-service")).hasText("75 : 25");
    // Wilson at 60 of 80, by hand: 64.5 % to 83.2 %, the further end 10.5 away.
    assertThat(visit.part("observed-margin-user-service")).hasText("±10");
    assertThat(visit.part("observed-note-user-service")).hasText("95 % interval 65–83 %");
    assertThat(visit.part("counts-user-service")).hasText("Last 100: ctx1 60 · ctx2 20 · none 20");
    assertThat(visit.part("observed-movie-service")).hasText("No answers yet");
  }

  @Test
  void observedRatioLeavesCanaryRequestsOut() {
    List<Map<String, Object>> answers = new ArrayList<>(Script.good(1, 10, USER, "ctx1"));
    Script.good(11, 10, USER, "ctx2")
        .forEach(answer -> answers.add(Script.with(answer, "canary", true)));
    open(Script.snapshot(answers), "en");
    assertThat(visit.part("observed-user-service")).hasText("100 : 0");
    Locator canary = visit.part("light-user-service-ctx2-15");
    assertThat(canary).hasText("C");
    assertThat(canary).hasAttribute("aria-label", Pattern.compile("canary \\(C\\)"));
  }

  @Test
  void weightsAndFaultsFollowTheRule() {
    open(Script.snapshot(List.of()), "ko");
    assertThat(visit.part("faults-movie-service")).hasText("걸려 있는 장애 없음");
    gateway.send(
        "weights",
        Script.object(
            USER,
            Script.object(
                "ctx1", null, "ctx2", null, "found", false, "rule", null, "faults", List.of()),
            MOVIE,
            Script.weights(10, 90, Script.object("kind", "delay", "percent", 30, "delayMs", 3000)),
            "booking-service",
            Script.object(
                "ctx1", null, "ctx2", null, "found", false, "unknown", true, "reason", "refused")));
    assertThat(visit.part("configured-user-service")).hasText("VirtualService 없음");
    assertThat(visit.part("configured-movie-service")).hasText("10 : 90");
    assertThat(visit.part("faults-movie-service")).hasText("걸려 있는 장애: 지연 3초, 30 %");
    assertThat(visit.part("faults-booking-service")).hasText("장애: 알 수 없음");
    assertThat(visit.part("configured-booking-service")).hasText("알 수 없음");
    assertThat(visit.part("configured-note-booking-service")).hasText("refused");
  }

  @Test
  void aFaultForSomeRequestsSaysForWhich() {
    Object fault =
        Script.object(
            "kind", "delay", "percent", 70, "delayMs", 3000, "match", "x-target: <b>ctx2</b>");
    Object weights =
        Script.object(
            USER,
            Script.weights(70, 30, Script.object("kind", "abort", "percent", 30, "status", 500)),
            MOVIE,
            Script.weights(
                30, 70, Script.object("kind", "delay", "percent", 30, "delayMs", 3000), fault));
    open(Script.snapshot(List.of()), "ko");
    gateway.send("weights", weights);
    assertThat(visit.part("faults-user-service")).hasText("걸려 있는 장애: 오류 500, 30 %");
    assertThat(visit.part("faults-movie-service"))
        .hasText("걸려 있는 장애: 지연 3초, 30 % · x-target: <b>ctx2</b> 요청만 지연 3초, 70 %");
    visit.part("language-en").click();
    assertThat(visit.part("faults-movie-service"))
        .hasText("Faults in force: Delay 3 s, 30 % · only x-target: <b>ctx2</b>: Delay 3 s, 70 %");
  }

  @Test
  void fiftyAnswersASecondReuseTheSameNodes() {
    open(Script.snapshot(List.of()), "en");
    visit
        .page()
        .evaluate(
            "window.added = 0; new MutationObserver((all) => all.forEach((one) =>"
                + " one.addedNodes.forEach((node) => window.added += node.nodeType === 1 ? 1 : 0)))"
                + ".observe(document.getElementById('columns'), {childList: true, subtree: true})");
    for (int seq = 1; seq <= 500; seq++) {
      gateway.send("answer", Script.byService(seq, USER, seq % 3 == 0 ? "ctx2" : "ctx1", 200));
    }
    assertThat(visit.part("light-user-service-ctx1-15")).hasAttribute("data-seq", "500");
    Assertions.assertThat(visit.page().evaluate("window.added")).isEqualTo(0);
  }
}
