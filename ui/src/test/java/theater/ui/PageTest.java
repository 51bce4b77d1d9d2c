package theater.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Lists, pods and ejections, and what the page must never do.
@ExtendWith(InChromium.class)
class PageTest {

  private static final String USER = "user-service";
  private static final String MOVIE = "movie-service";

  private final Browser browser;
  private StubGateway gateway;
  private Visit visit;

  PageTest(Browser browser) {
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
  void podsAreListedOrCalledUnknownWithTheReason() {
    open(Matinee.snapshot(), "en");
    Locator ready = visit.part("pod-user-service-6c9f7d5b8-x1k2p");
    assertThat(ready).containsText("✓ Ready");
    assertThat(ready).containsText("user-service, istio-proxy");
    assertThat(visit.part("pod-movie-service-6c9f7d5b8-x2k2p")).containsText("✕ Not ready");
    assertThat(visit.part("deployments-ctx1")).containsText("! movie-service 1/2");
    assertThat(visit.part("pods-ctx2"))
        .containsText("Reason: no credentials: Secret remote-reader is missing");
    assertThat(visit.part("pods-ctx2")).containsText("Unknown");
  }

  @Test
  void ejectionMarksItsPodUntilItEnds() {
    open(Matinee.snapshot(), "en");
    Locator mark = visit.part("ejected-user-service-6c9f7d5b8-x1k2p");
    assertThat(mark).containsText("Ejected");
    assertThat(mark)
        .hasAttribute("title", Pattern.compile("outbound\\|8081\\|ctx1\\|user-service"));
    assertThat(visit.part("ejections-user-service")).containsText("ctx1 127.171.0.1:8081 ejected");
    gateway.send("ejections", List.of());
    assertThat(mark).hasCount(0);
    assertThat(visit.part("ejections-user-service")).isHidden();
  }

  @Test
  void ejectionThatNamesItsPodIsShownThere() {
    open(Matinee.snapshot(), "en");
    gateway.send(
        "ejections",
        List.of(
            Script.object(
                "service", MOVIE,
                "context", "ctx1",
                "pod", "movie-service-6c9f7d5b8-x1k2p",
                "address", "10.0.0.1:8082",
                "since", "2026-11-21T10:00:00Z",
                "where", "outbound|8082|ctx1|movie-service")));
    assertThat(visit.part("ejected-movie-service-6c9f7d5b8-x1k2p")).isVisible();
    assertThat(visit.part("ejections-movie-service"))
        .containsText("ctx1 movie-service-6c9f7d5b8-x1k2p ejected");
    assertThat(visit.part("ejections-user-service")).isHidden();
  }

  @Test
  void markupInNamesIsText() {
    String attack = "<img src=x onerror=document.title='owned'><script>alert(1)</script>";
    gateway.reply(
        "/users/",
        StubGateway.Reply.json(List.of(Script.object("id", 1, "name", attack, "email", attack))));
    Map<String, Object> answer = Script.with(Script.byService(1, USER, "ctx1", 200), "pod", attack);
    Map<String, Object> snapshot =
        Script.with(
            Script.snapshot(List.of(answer)),
            "deployment",
            Script.deployment(
                Script.known(List.of(Script.pod(attack, attack, "1", true)), List.of()),
                Script.unknown(attack)));
    open(snapshot, "en");
    assertThat(visit.part("list-user-service").locator(".list-main")).hasText(attack);
    assertThat(visit.part("pods-ctx2")).containsText(attack);
    assertThat(visit.part("detail-user-service")).containsText(attack);
    assertThat(visit.page().locator("img, body script")).hasCount(0);
    assertThat(visit.page()).hasTitle("Theater — who answered");
  }

  @Test
  void listsShowTheNewestFirstAndAreReadOnlyWhenAsked() {
    open(Script.snapshot(List.of()), "en");
    assertThat(visit.part("list-user-service").locator(".list-main").first()).hasText("김유신");
    assertThat(visit.part("list-booking-service").locator("li").first())
        .hasText("2어벤져스이순신 · A1, A2");
    Assertions.assertThat(gateway.requests("/users/")).isEqualTo(1);
    visit.part("refresh-user-service").click();
    assertThat(visit.part("refresh-user-service")).isEnabled();
    Assertions.assertThat(gateway.requests("/users/")).isEqualTo(2);
    Assertions.assertThat(gateway.requests("/movies/")).isEqualTo(1);
  }

  @Test
  void listThatCannotBeReadSaysWhy() {
    gateway.reply("/movies/", StubGateway.Reply.text(503, "no healthy upstream"));
    open(Script.snapshot(List.of()), "en");
    assertThat(visit.part("list-movie-service"))
        .hasText("Could not be read: 503 no healthy upstream");
  }

  @Test
  void pageIsQuietAndAsksNobodyElse() {
    open(Matinee.snapshot(), "en");
    gateway.send("answer", Script.byService(1000, USER, "ctx1", 200));
    assertThat(visit.part("light-user-service-ctx1-15")).hasAttribute("data-seq", "1000");
    assertThat(visit.part("list-booking-service").locator("li")).hasCount(2);
    Assertions.assertThat(visit.complaints()).isEmpty();
    Assertions.assertThat(visit.outside()).isEmpty();
  }
}
