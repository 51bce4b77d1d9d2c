package theater.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The page says when it is not live, and comes back by itself.
@ExtendWith(InChromium.class)
class LinkTest {

  private final Browser browser;
  private StubGateway gateway;
  private Visit visit;

  LinkTest(Browser browser) {
    this.browser = browser;
  }

  @BeforeEach
  void open() {
    gateway = new StubGateway(Script.snapshot(Script.good(1, 3, "user-service", "ctx1")));
    Matinee.serveLists(gateway);
  }

  @AfterEach
  void close() {
    visit.close();
    gateway.close();
  }

  @Test
  void saysThatItIsLostDimsAndComesBackWithANewSnapshot() {
    visit = Visit.live(browser, gateway, "ko");
    gateway.stop();
    assertThat(visit.part("link")).hasText("연결 끊김, 다시 연결 중");
    assertThat(visit.part("link-banner")).isVisible();
    assertThat(visit.page().locator("main")).hasCSS("opacity", "0.45");

    gateway.snapshot(Script.snapshot(Script.good(900, 1, "user-service", "ctx2")));
    gateway.start();
    assertThat(visit.part("link")).hasText("실시간");
    assertThat(visit.part("link-banner")).isHidden();
    assertThat(visit.page().locator("main")).hasCSS("opacity", "1");
    assertThat(visit.part("light-user-service-ctx2-15")).hasAttribute("data-seq", "900");
    assertThat(visit.part("light-user-service-ctx1-15")).hasAttribute("data-kind", "empty");
  }

  @Test
  void triesAgainAfterAnEnvoyRefusedTheStream() {
    gateway.eventsStatus(503);
    visit = Visit.open(browser, gateway, "en");
    assertThat(visit.part("link")).hasText("Connection lost, reconnecting");
    assertThat(visit.part("link-banner")).containsText("Nothing has been received yet.");
    gateway.eventsStatus(200);
    assertThat(visit.part("link")).hasText("Live");
  }

  @Test
  void silentStreamIsTakenForDeadUnlessCommentsCome() {
    visit = Visit.open(browser, gateway, "en");
    visit.page().clock().install();
    visit.page().reload();
    assertThat(visit.part("link")).hasText("Live");
    visit.page().clock().runFor(20000);
    gateway.sendText(": still here\n\n");
    gateway.send("answer", Script.byService(50, "user-service", "ctx1", 200));
    visit.page().waitForRequest("**/users/**", () -> visit.part("refresh-user-service").click());
    assertThat(visit.part("refresh-user-service")).isEnabled();
    visit.page().clock().runFor(20000);
    assertThat(visit.part("link")).hasText("Live");
    gateway.eventsStatus(503);
    visit.page().clock().runFor(6000);
    assertThat(visit.part("link")).hasText("Connection lost, reconnecting");
  }

  @Test
  void brokenEventDoesNotStopThePage() {
    visit = Visit.live(browser, gateway, "en");
    gateway.snapshot(Script.snapshot(List.of()));
    gateway.sendText("event: answer\ndata: {not json\n\n");
    assertThat(visit.part("light-user-service-ctx1-15")).hasAttribute("data-kind", "empty");
    assertThat(visit.part("link")).hasText("Live");
  }
}
