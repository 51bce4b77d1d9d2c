package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import theater.visitor.Await;
import theater.visitor.Calls;
import theater.visitor.Theater;

/// The page in a real browser, in front of real Envoys.
@ExtendWith(RunningTheater.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageTest {
  private final Theater theater;
  private Playwright playwright;
  private Browser browser;

  PageTest(Theater theater) {
    this.theater = theater;
  }

  @BeforeAll
  void openBrowser() {
    Optional<Path> chromium =
        Stream.of(
                System.getenv("THEATER_CHROMIUM"),
                "/usr/bin/chromium",
                "/usr/bin/chromium-browser",
                "/usr/bin/google-chrome")
            .filter(p -> p != null)
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(chromium.isPresent(), "no Chromium here: the page is not tested in a browser");
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium.get())
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
    theater.practice("01-initial");
  }

  @AfterAll
  void closeBrowser() {
    theater.practice("01-initial");
    if (playwright != null) {
      playwright.close();
    }
  }

  @Test
  void lightsMoveForTrafficOfAnybody() {
    try (Page page = open("ko-KR");
        Calls calls = theater.calls()) {
      List<String> rows = new ArrayList<>();
      for (String service : List.of("user-service", "movie-service", "booking-service")) {
        rows.add("lights-" + service + "-ctx1");
        rows.add("lights-" + service + "-ctx2");
      }
      Map<String, Long> before = new HashMap<>();
      rows.forEach(row -> before.put(row, newest(page, row)));
      for (String path : List.of("/users/", "/movies/", "/bookings/")) {
        calls.many(40, 4, path);
      }
      for (String row : rows) {
        Await.until(
            "newer lights in " + row,
            Duration.ofSeconds(10),
            () -> newest(page, row) > before.get(row));
      }
      Locator good = page.getByTestId("lights-user-service-ctx1").locator("[data-kind=ok]");
      Await.until("16 lights of ctx1", Duration.ofSeconds(10), () -> good.count() == 16);
      assertThat(page.getByTestId("light-user-service-ctx1-15").getAttribute("title"))
          .contains("ctx1", "user-service", "200");
      assertThat(page.getByTestId("configured-user-service").textContent()).contains("70");
    }
  }

  /// The number of the newest answer that a row shows; 0 when it shows none.
  private static long newest(Page page, String row) {
    Object seq =
        page.getByTestId(row)
            .locator("[data-seq]")
            .evaluateAll("lights => Math.max(0, ...lights.map(l => Number(l.dataset.seq)))");
    return ((Number) seq).longValue();
  }

  @Test
  void configuredRatioFollowsTheVirtualService() {
    try (Page page = open("en-US")) {
      theater
          .kubectl(
              "--context",
              "ctx1",
              "patch",
              "vs",
              "booking-service-vs",
              "-n",
              "theater-msa",
              "--type=merge",
              "-p",
              """
              {"spec":{"http":[{"route":[{"destination":{"host":"booking-service","subset":"ctx1"},"weight":15},
              {"destination":{"host":"booking-service","subset":"ctx2"},"weight":85}]}]}}\
              """)
          .ok();
      Await.until(
          "15 on the page",
          Duration.ofSeconds(5),
          () -> page.getByTestId("configured-booking-service").textContent().contains("15"));
      theater.practice("01-initial");
      Await.until(
          "50 again",
          Duration.ofSeconds(5),
          () -> page.getByTestId("configured-booking-service").textContent().contains("50"));
    }
  }

  @Test
  void answersOfAnEnvoyHaveTheirOwnLane() {
    try (Page page = open("en-US");
        Calls calls = theater.calls()) {
      String lane = "lane-user-service-none";
      long before = newest(page, lane);
      theater.practice("04-error-fault");
      Await.until("an abort", Duration.ofSeconds(20), () -> calls.get("/users/").status() == 500);
      Await.until("it in the lane", Duration.ofSeconds(5), () -> newest(page, lane) > before);
      Locator light = page.getByTestId(lane).locator("[data-seq=\"" + newest(page, lane) + "\"]");
      assertThat(light.getAttribute("data-flag")).isEqualTo("FI");
      assertThat(light.getAttribute("title")).contains("FI", "the gateway's Envoy", "500");
      assertThat(page.getByTestId("lane-meaning-user-service").textContent())
          .contains("FI (500, the gateway's Envoy)");
      theater.practice("01-initial");
    }
  }

  @Test
  void podsOfBothClustersAreShown() {
    try (Page page = open("en-US")) {
      for (String context : List.of("ctx1", "ctx2")) {
        String pods =
            theater
                .kubectl(
                    "--context",
                    context,
                    "get",
                    "pods",
                    "-n",
                    "theater-msa",
                    "-o",
                    "jsonpath={.items[*].metadata.name}")
                .ok()
                .out();
        for (String pod : pods.split(" ")) {
          Await.until(
              pod, Duration.ofSeconds(10), () -> page.getByTestId("pod-" + pod).count() == 1);
        }
      }
    }
  }

  @Test
  void trafficButtonSendsRequestsAndTheScreenshotIsTaken() {
    try (Page page = open("ko-KR")) {
      page.getByTestId("traffic-rate").fill("30");
      page.getByTestId("traffic-start").click();
      Await.until(
          "150 good answers",
          Duration.ofSeconds(30),
          () -> Integer.parseInt(page.getByTestId("traffic-ok").textContent()) >= 150);
      Path picture =
          Boolean.getBoolean("write")
              ? Theater.repository().resolve("docs/page.png")
              : Path.of("target/page.png");
      page.screenshot(new Page.ScreenshotOptions().setPath(picture));
      page.getByTestId("traffic-start").click();
      assertThat(page.getByTestId("traffic-failed").textContent()).isEqualTo("0");
    }
  }

  private Page open(String locale) {
    Page page =
        browser
            .newContext(
                new Browser.NewContextOptions().setLocale(locale).setViewportSize(1440, 900))
            .newPage();
    List<String> outside = new ArrayList<>();
    page.onRequest(r -> {
      if (!r.url().startsWith(theater.address()) && !r.url().startsWith("data:")) {
        outside.add(r.url());
      }
    });
    page.navigate(theater.address() + "/");
    Await.until(
        "the page is live",
        Duration.ofSeconds(15),
        () -> page.getByTestId("light-user-service-ctx1-15").count() == 1);
    assertThat(outside).isEmpty();
    return page;
  }
}
