package theater.gateway.fault;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import theater.gateway.CinemaService;

/// What an instructor asks for: which pods get sick, how, and for how long. It always ends.
///
/// @param pod `*`, a pod's name, or a number: the nth ready pod by name
/// @param status 0: answers keep their status
/// @param share of the requests, in percent
record FaultRequest(
    CinemaService service,
    String context,
    String pod,
    int status,
    int share,
    int delayMs,
    boolean hang,
    boolean notReady,
    boolean cpu,
    boolean memory,
    Duration duration) {
  static final Duration SHORTEST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofMinutes(10);

  private static final Set<String> FIELDS =
      Set.of(
          "service",
          "context",
          "pod",
          "status",
          "share",
          "delayMs",
          "hang",
          "notReady",
          "cpu",
          "memory",
          "for");
  private static final Set<String> TARGET = Set.of("service", "context", "pod");
  private static final String POD = "\\*|[1-9][0-9]?|[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?";
  private static final String POD_EXPECTED =
      "\"*\", a pod's name or its number, counted from 1 over the ready pods";

  /// @throws FaultException naming the field, its value and what was expected
  static FaultRequest parse(String body, Collection<String> contexts) {
    FaultFields fields = FaultFields.parse(body, FIELDS);
    FaultRequest request =
        new FaultRequest(
            CinemaService.byId(fields.oneOf("service", services())),
            fields.oneOf("context", contexts),
            fields.text("pod", POD, POD_EXPECTED, "*"),
            fields.number("status", 400, 599, 0),
            fields.number("share", 1, 100, 100),
            fields.number("delayMs", 0, 60_000, 0),
            fields.flag("hang"),
            fields.flag("notReady"),
            fields.flag("cpu"),
            fields.flag("memory"),
            duration(
                fields.text("for", "[0-9]{1,4}(s|m)", "a time from 1s to 10m, like 60s", null)));
    if (request.status == 0
        && request.delayMs == 0
        && !request.hang
        && !request.notReady
        && !request.cpu
        && !request.memory) {
      throw new FaultException(
          400,
          "nothing was asked for; expected one of status, delayMs, hang, notReady, cpu, memory");
    }
    return request;
  }

  /// Which faults to end; a missing field means all.
  static Target target(String body, Collection<String> contexts) {
    FaultFields fields = FaultFields.parse(body, TARGET);
    return new Target(
        fields.has("service") ? fields.oneOf("service", services()) : null,
        fields.has("context") ? fields.oneOf("context", contexts) : null,
        fields.has("pod") ? fields.text("pod", POD, POD_EXPECTED, null) : null);
  }

  /// Null means all.
  record Target(String service, String context, String pod) {}

  /// The value in Redis, as services read it.
  ObjectNode json(Instant until) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("status", status)
        .put("share", share)
        .put("delayMs", delayMs)
        .put("hang", hang)
        .put("notReady", notReady)
        .put("cpu", cpu)
        .put("memory", memory)
        .put("until", until.truncatedTo(ChronoUnit.MILLIS).toString());
  }

  private static Duration duration(String text) {
    long amount = Long.parseLong(text.substring(0, text.length() - 1));
    Duration duration =
        text.endsWith("m") ? Duration.ofMinutes(amount) : Duration.ofSeconds(amount);
    if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
      throw FaultException.field("for", "\"" + text + "\"", "a time from 1s to 10m");
    }
    return duration;
  }

  private static List<String> services() {
    return Arrays.stream(CinemaService.values()).map(CinemaService::id).toList();
  }
}
