package theater.kit.fault;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import theater.kit.json.JsonException;
import theater.kit.json.JsonReader;

/// What is wrong with a pod, and until when. The value of a key `fault:{service}:{context}:{pod or
/// *}`.
///
/// @param status answered instead of the real answer, 0 for none
/// @param share percent of the requests that meet status, delay or hang
/// @param delayMs milliseconds before the answer, at most 60,000
/// @param hang the request waits until the fault ends, 60 s at most
/// @param notReady `/readyz` says 503
/// @param cpu one thread burns a processor
/// @param memory 64 MiB are held
/// @param until when it ends, whatever happens
public record Fault(
    int status,
    int share,
    int delayMs,
    boolean hang,
    boolean notReady,
    boolean cpu,
    boolean memory,
    Instant until) {
  public Fault {
    within("status", status == 0 ? 200 : status, 200, 599);
    within("share", share, 0, 100);
    within("delayMs", delayMs, 0, 60_000);
    if (until == null) {
      throw new IllegalArgumentException(
          "until is missing; expected an instant, 2026-11-21T10:00:00Z");
    }
  }

  /// @throws IllegalArgumentException naming the member that is wrong
  public static Fault parse(byte[] json) {
    Map<String, Object> members;
    try {
      members = JsonReader.object(json);
    } catch (JsonException e) {
      throw new IllegalArgumentException(
          "fault \"" + new String(json, StandardCharsets.UTF_8) + "\": " + e.getMessage(), e);
    }
    return new Fault(
        number(members, "status", 0),
        number(members, "share", 100),
        number(members, "delayMs", 0),
        flag(members, "hang"),
        flag(members, "notReady"),
        flag(members, "cpu"),
        flag(members, "memory"),
        instant(members.get("until")));
  }

  /// Whether it is in force.
  public boolean active(Instant now) {
    return now.isBefore(until);
  }

  private static int number(Map<String, Object> members, String name, int otherwise) {
    return switch (members.get(name)) {
      case null -> otherwise;
      case Integer number -> number;
      case Object other ->
          throw new IllegalArgumentException(name + " is " + other + "; expected a whole number");
    };
  }

  private static boolean flag(Map<String, Object> members, String name) {
    return switch (members.get(name)) {
      case null -> false;
      case Boolean flag -> flag;
      case Object other ->
          throw new IllegalArgumentException(name + " is " + other + "; expected true or false");
    };
  }

  private static Instant instant(Object value) {
    try {
      return value instanceof String text ? Instant.parse(text) : null;
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "until is \"" + value + "\"; expected an instant, 2026-11-21T10:00:00Z", e);
    }
  }

  private static void within(String name, int value, int from, int to) {
    if (value < from || value > to) {
      throw new IllegalArgumentException(
          name + " is " + value + "; expected " + from + " to " + to);
    }
  }
}
