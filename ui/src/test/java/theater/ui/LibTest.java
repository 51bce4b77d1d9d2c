package theater.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Browser;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The pure files, called one function at a time in the browser that will run them.
@ExtendWith(InChromium.class)
class LibTest {

  private static StubGateway gateway;
  private static Visit visit;

  @BeforeAll
  static void open(Browser browser) {
    gateway = new StubGateway(Script.snapshot(List.of()));
    visit = Visit.live(browser, gateway, "en");
  }

  @AfterAll
  static void close() {
    visit.close();
    gateway.close();
  }

  @Test
  void intervalIsWilsons() {
    // 70 of 100 by hand: centre 0.69260, half 0.08831.
    Map<?, ?> interval = map("lib-ratio.js", "interval(70, 100)");
    assertThat(number(interval, "low")).isCloseTo(0.6043, within(0.0002));
    assertThat(number(interval, "high")).isCloseTo(0.7810, within(0.0002));
  }

  @Test
  void intervalOfNothingButOneClusterStillDoubts() {
    Map<?, ?> interval = map("lib-ratio.js", "interval(16, 16)");
    assertThat(number(interval, "low")).isCloseTo(0.8064, within(0.0002));
    assertThat(number(interval, "high")).isCloseTo(1.0, within(1e-9));
    assertThat(call("lib-ratio.js", "interval(0, 0)")).isNull();
  }

  @Test
  void observedLeavesCanaryOutAndCountsNoCluster() {
    Map<?, ?> seen =
        map(
            "lib-ratio.js",
            """
            observed([
              {by: "service", context: "ctx1"}, {by: "service", context: "ctx1"},
              {by: "service", context: "ctx2"}, {by: "service", context: "ctx2", canary: true},
              {by: "envoy", context: null}, {by: "service", context: "ctx9"}])\
            """);
    assertThat(seen.get("ctx1")).isEqualTo(2);
    assertThat(seen.get("ctx2")).isEqualTo(1);
    assertThat(seen.get("none")).isEqualTo(2);
    assertThat(number(seen, "share")).isCloseTo(2.0 / 3, within(1e-9));
  }

  @Test
  void pairAddsUpToHundred() {
    assertThat(call("lib-ratio.js", "pair(0.005)")).isEqualTo(List.of(1, 99));
    assertThat(call("lib-ratio.js", "pair(1)")).isEqualTo(List.of(100, 0));
  }

  @Test
  void weightsThatAreNotThereHaveNoShare() {
    assertThat(call("lib-ratio.js", "configuredShare({ctx1: null, ctx2: null})")).isNull();
    assertThat(call("lib-ratio.js", "configuredShare({ctx1: 0, ctx2: 0})")).isNull();
    assertThat(call("lib-ratio.js", "configuredShare({ctx1: 1, ctx2: 3})")).isEqualTo(0.25);
  }

  @Test
  void historyKeepsTheNewestSixteenAndHundred() {
    Map<?, ?> kept =
        map(
            "lib-answers.js",
            """
            (() => {
              const history = emptyHistory();
              for (let seq = 1; seq <= 150; seq++) {
                addAnswer(history, {seq, by: "service", context: "ctx1", status: 200});
              }
              return {
                row: history.rows.ctx1.length, counted: history.counted.length,
                first: answerAt(history.rows.ctx1, 0).seq, last: answerAt(history.rows.ctx1, 15).seq};
            })()\
            """);
    assertThat(kept.get("row")).isEqualTo(16);
    assertThat(kept.get("counted")).isEqualTo(100);
    assertThat(kept.get("first")).isEqualTo(135);
    assertThat(kept.get("last")).isEqualTo(150);
  }

  @Test
  void sameAnswerTwiceIsOneLight() {
    Object length =
        call(
            "lib-answers.js",
            """
            historiesOf([
              {service: "user-service", seq: 1, by: "envoy"}, {service: "user-service", seq: 1, by: "envoy"},
              {service: "no-such-service", seq: 2, by: "envoy"}])["user-service"].rows.none.length\
            """);
    assertThat(length).isEqualTo(1);
  }

  @Test
  void kindsTellErrorsApart() {
    assertThat(
            call(
                "lib-answers.js",
                """
                [null, {by: "service", context: "ctx1", status: 200}, {by: "service", context: "ctx1", status: 201, delayed: "x"},
                 {by: "service", context: "ctx2", status: 404}, {by: "service", context: "ctx2", status: 503},
                 {by: "envoy", context: null, status: 503}].map(kindOf)\
                """))
        .isEqualTo(List.of("empty", "ok", "delayed", "client", "error", "envoy"));
  }

  @Test
  void timesReadLikeKubectls() {
    assertThat(call("lib-format.js", "age('2026-01-01T00:00:00Z', Date.UTC(2026, 0, 1, 0, 1, 59))"))
        .isEqualTo("119s");
    assertThat(call("lib-format.js", "age('2026-01-01T00:00:00Z', Date.UTC(2026, 0, 1, 1, 0, 0))"))
        .isEqualTo("60m");
    assertThat(call("lib-format.js", "age('2026-01-01T00:00:00Z', Date.UTC(2026, 0, 4, 0, 0, 0))"))
        .isEqualTo("3d");
    assertThat(call("lib-format.js", "age('yesterday', 0)")).isEqualTo("–");
    assertThat(call("lib-format.js", "[4.26, 87.4, 3012, null].map(duration)"))
        .isEqualTo(List.of("4.3 ms", "87 ms", "3.01 s", "–"));
  }

  @Test
  void paceSendsWhatIsDueAndSkipsWhatPilesUp() {
    assertThat(
            call(
                "lib-pace.js",
                """
                (() => {
                  const state = pace(10, 0);
                  const first = due(state, 300, 0);
                  const bounded = due(state, 1300, 3);
                  due(state, 60000, 5);
                  return [first, bounded, state.skipped > 500, state.owed <= 11, isOver(state, 300000), isOver(state, 299999)];
                })()\
                """))
        .isEqualTo(List.of(3, 2, true, true, true, false));
  }

  @Test
  void eventsAreReadFromAnyPieces() {
    assertThat(
            call(
                "lib-events.js",
                """
                (() => {
                  const text = ": hello\\n\\nevent: answer\\ndata: {\\"a\\":\\ndata: 1}\\n\\nevent: empty\\n\\ndata: x\\r\\n\\r\\n";
                  const reader = eventReader();
                  return [...text].flatMap((letter) => readEvents(reader, letter)).map((each) => each.type + "|" + each.data);
                })()\
                """))
        .isEqualTo(List.of("answer|{\"a\":\n1}", "message|x"));
  }

  @Test
  void flagsHaveAMeaning() {
    assertThat(
            call(
                "lib-flags.js",
                """
                [{by: "envoy", flag: "UH"}, {by: "envoy", flag: "-"}, {by: "gateway"}, {by: "service"}]
                  .map((each) => flagOf(each) + " " + meaningKey(each))\
                """))
        .isEqualTo(List.of("UH flag.UH", "? flag.unknown", "GW flag.gateway", "? flag.cluster"));
  }

  @Test
  void bothLanguagesHaveTheSameKeysAndPlaces() {
    assertThat(
            call(
                "text.js",
                """
                (() => {
                  const places = (text) => (text.match(/\\{\\w+\\}/g) ?? []).sort().join();
                  const keys = new Set([...Object.keys(TEXT.ko), ...Object.keys(TEXT.en)]);
                  return [...keys].filter((key) => !TEXT.ko[key] || !TEXT.en[key] || places(TEXT.ko[key]) !== places(TEXT.en[key]));
                })()\
                """))
        .isEqualTo(List.of());
  }

  private static Object call(String file, String expression) {
    String source =
        """
        async () => {
          const {%s} = await import("/%s");
          return %s;
        }
        """;
    return visit.page().evaluate(source.formatted(exportsOf(file), file, expression));
  }

  /// The page's own policy forbids code made from text, so the names are written out.
  private static String exportsOf(String file) {
    return Pattern.compile("^export (?:const|function) (\\w+)", Pattern.MULTILINE)
        .matcher(PageFolder.read(PageFolder.PATH.resolve(file)))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.joining(", "));
  }

  private static Map<?, ?> map(String file, String expression) {
    return (Map<?, ?>) call(file, expression);
  }

  private static double number(Map<?, ?> map, String name) {
    return ((Number) map.get(name)).doubleValue();
  }
}
