package theater.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The traffic button sends real requests, as many as asked for, and never more than the gateway
/// can take.
@ExtendWith(InChromium.class)
class TrafficTest {

  private static final List<String> PATHS = List.of("/users/", "/movies/", "/bookings/");

  private final Browser browser;
  private StubGateway gateway;
  private Visit visit;

  TrafficTest(Browser browser) {
    this.browser = browser;
  }

  @BeforeEach
  void open() {
    gateway = new StubGateway(Script.snapshot(List.of()));
    Matinee.serveLists(gateway);
    visit = Visit.live(browser, gateway, "en");
    assertThat(visit.page().locator("[data-testid^=refresh-]:disabled")).hasCount(0);
  }

  @AfterEach
  void close() {
    visit.close();
    gateway.close();
  }

  @Test
  void sendsAboutWhatWasAskedForAndStops() {
    visit.part("traffic-service").selectOption("movie-service");
    visit.part("traffic-rate").fill("40");
    assertThat(visit.part("traffic-rate-text")).hasText("40 per second");
    final long before = gateway.requests("/movies/");
    visit.part("traffic-start").click();
    await(() -> gateway.requests("/movies/") >= before + 60);
    assertThat(visit.part("traffic-start")).hasText("Stop");
    visit.part("traffic-start").click();
    assertThat(visit.part("traffic-start")).hasText("Start");
    // All that were sent have an answer, and after that no more come.
    visit
        .page()
        .waitForFunction(
            "() => { const of = (name) => Number(document.querySelector(`[data-testid=traffic-${name}]`).textContent);"
                + " return of('sent') > 0 && of('sent') === of('ok') + of('failed'); }");
    long sent = Long.parseLong(visit.part("traffic-sent").textContent());
    assertThat(gateway.requests("/movies/") - before).isEqualTo(sent);
    assertThat(visit.part("traffic-failed")).hasText("0");
    assertThat(gateway.requests("/users/")).isEqualTo(1);
  }

  @Test
  void owesExactlyTheRateOverTime() {
    visit.close();
    visit = Visit.open(browser, gateway, "en");
    visit.page().clock().install();
    visit.page().reload();
    assertThat(visit.page().locator("html")).hasAttribute("data-link", "live");
    visit.part("traffic-rate").fill("1");
    final long before = all();
    visit.part("traffic-start").click();
    visit.page().clock().runFor(10500);
    await(() -> all() >= before + 10);
    visit.part("traffic-start").click();
    assertThat(all() - before).isBetween(10L, 11L);
  }

  @Test
  void allServicesGetTheirTurnAndCanaryIsSent() {
    visit.part("traffic-rate").fill("50");
    visit.part("traffic-canary").check();
    visit.part("traffic-start").click();
    await(() -> gateway.requests(StubGateway.Request::canary) >= 30);
    visit.part("traffic-start").click();
    for (String path : PATHS) {
      assertThat(gateway.requests(request -> request.canary() && request.path().equals(path)))
          .isGreaterThanOrEqualTo(9);
    }
  }

  @Test
  void errorsAreCountedNotHidden() {
    gateway.reply("/users/", StubGateway.Reply.text(503, "no healthy upstream"));
    visit.part("traffic-service").selectOption("user-service");
    visit.part("traffic-rate").fill("50");
    visit.part("traffic-start").click();
    await(() -> gateway.requests("/users/") >= 10);
    visit.part("traffic-start").click();
    visit
        .page()
        .waitForFunction(
            "() => Number(document.querySelector('[data-testid=traffic-failed]').textContent) >= 10");
    assertThat(visit.part("traffic-ok")).hasText("0");
  }

  @Test
  void slowAnswersNeverPileUp() {
    gateway.reply("/users/", StubGateway.Reply.json(List.of()).after(1500));
    visit.part("traffic-service").selectOption("user-service");
    visit.part("traffic-rate").fill("50");
    visit.part("traffic-start").click();
    visit
        .page()
        .waitForFunction(
            "() => Number(document.querySelector('[data-testid=traffic-ok]').textContent) >= 10");
    visit.part("traffic-start").click();
    // Ten answers took three seconds, in which 150 were asked for: more than a second's worth had
    // to be given up.
    assertThat(gateway.mostAtOnce()).isLessThanOrEqualTo(5);
    assertThat(Integer.parseInt(visit.part("traffic-skipped").textContent())).isPositive();
  }

  @Test
  void stopsByItselfAfterFiveMinutes() {
    visit.close();
    visit = Visit.open(browser, gateway, "en");
    visit.page().clock().install();
    visit.page().reload();
    assertThat(visit.page().locator("html")).hasAttribute("data-link", "live");
    visit.part("traffic-rate").fill("1");
    visit.part("traffic-start").click();
    assertThat(visit.part("traffic-start")).hasText("Stop");
    visit.page().clock().fastForward(299000);
    assertThat(visit.part("traffic-start")).hasText("Stop");
    visit.page().clock().fastForward(1500);
    assertThat(visit.part("traffic-start")).hasText("Start");
    assertThat(visit.part("traffic-message")).hasText("Stopped by itself after 5 minutes.");
  }

  private long all() {
    return gateway.requests(request -> true);
  }

  private void await(BooleanSupplier condition) {
    Instant deadline = Instant.now().plusSeconds(20);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("not within 20 s; requests so far: " + all());
      }
      visit.page().waitForTimeout(20);
    }
  }
}
