package theater.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Both languages, keyboard, screen reader, phone and projector.
@ExtendWith(InChromium.class)
class EveryReaderTest {

  private static final String USER = "user-service";
  private static final String MOVIE = "movie-service";

  private final Browser browser;
  private StubGateway gateway;
  private Visit visit;

  EveryReaderTest(Browser browser) {
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
  void languageFollowsTheBrowserAndTheSwitchIsRemembered() {
    open(Script.snapshot(List.of()), "ko-KR");
    assertThat(visit.part("link")).hasText("실시간");
    visit.part("language-en").click();
    assertThat(visit.part("link")).hasText("Live");
    assertThat(visit.page().locator("html")).hasAttribute("lang", "en");
    assertThat(visit.part("traffic-start")).hasText("Start");
    visit.page().reload();
    assertThat(visit.part("link")).hasText("Live");
  }

  @Test
  void languageWorksWhereNothingCanBeRemembered() {
    visit = Visit.open(browser, gateway, "en");
    visit
        .page()
        .addInitScript(
            "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})");
    visit.page().reload();
    visit.part("language-ko").click();
    assertThat(visit.part("link")).hasText("실시간");
  }

  @Test
  void detailFollowsFocusAndArrowKeys() {
    open(
        Script.snapshot(
            List.of(
                Script.byService(1, USER, "ctx1", 200), Script.byService(2, USER, "ctx1", 503))),
        "en");
    visit.part("light-user-service-ctx1-15").focus();
    visit.page().keyboard().press("ArrowLeft");
    assertThat(visit.part("light-user-service-ctx1-14")).isFocused();
    assertThat(visit.part("detail-user-service"))
        .hasText(Pattern.compile("^ctx1 · user-service-ctx1-pod · 200"));
  }

  @Test
  void nothingOverflowsSidewaysOnPhonesAndProjectors() {
    open(Matinee.snapshot(), "en");
    Page page = visit.page();
    for (int width : new int[] {400, 800, 1280}) {
      page.setViewportSize(width, 720);
      Assertions.assertThat(page.evaluate("document.documentElement.scrollWidth"))
          .as("scroll width at %d", width)
          .isEqualTo(width);
    }
  }

  /// WCAG 2.2, 1.4.3: 4.5 : 1 for text; marks inside lights lie on drawings, which this cannot see.
  @Test
  void textStandsOutFromItsGround() {
    open(Matinee.snapshot(), "ko");
    assertThat(visit.part("list-booking-service").locator("li")).hasCount(2);
    Object faint =
        visit
            .page()
            .evaluate(
                """
                () => {
                  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
                  const light = (colour) => channels(colour).slice(0, 3).map((value) => value / 255)
                    .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
                    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
                  const ground = (node) => {
                    const colour = getComputedStyle(node).backgroundColor;
                    return channels(colour)[3] === 0 && node.parentElement ? ground(node.parentElement) : colour;
                  };
                  const faint = [];
                  for (const node of document.querySelectorAll("body *:not(.light-mark)")) {
                    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
                    if (own && node.checkVisibility()) {
                      const pair = [light(getComputedStyle(node).color), light(ground(node))].sort((a, b) => b - a);
                      const contrast = (pair[0] + 0.05) / (pair[1] + 0.05);
                      if (contrast < 4.5) {
                        faint.push(node.className + " " + node.textContent + " " + contrast.toFixed(2));
                      }
                    }
                  }
                  return faint;
                }\
                """);
    Assertions.assertThat((List<?>) faint).isEmpty();
  }

  @Test
  void announcesChangesPolitely() {
    open(Script.snapshot(List.of()), "en");
    assertThat(visit.part("announcer")).hasAttribute("aria-live", "polite");
    gateway.send("weights", Script.with(Script.allWeights(), MOVIE, Script.weights(5, 95)));
    assertThat(visit.part("announcer")).containsText("Movies ctx1 5, ctx2 95");
  }

  @Test
  void keyboardAloneReachesTheLightsAndStartsTraffic() {
    open(Script.snapshot(List.of()), "en");
    visit.page().keyboard().press("Tab");
    assertThat(visit.page().locator(".skip")).isFocused();
    visit.part("traffic-start").focus();
    visit.page().keyboard().press("Enter");
    assertThat(visit.part("traffic-start")).hasText("Stop");
    visit.page().keyboard().press("Enter");
    assertThat(visit.part("traffic-start")).hasText("Start");
  }
}
