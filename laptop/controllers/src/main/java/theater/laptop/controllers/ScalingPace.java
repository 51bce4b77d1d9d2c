package theater.laptop.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;

/// How fast one target may grow and shrink (Kubernetes: HorizontalPodAutoscalerBehavior): waits
/// until a wish has lasted for the stabilization window, and takes no more than the policies'
/// steps.
final class ScalingPace {
  private static final Duration KEEP = Duration.ofHours(1);
  private static final Verdict WITHIN =
      new Verdict(false, "DesiredWithinRange", "the desired count is within the acceptable range");
  private static final Verdict TOO_MANY =
      new Verdict(
          true,
          "TooManyReplicas",
          "the desired replica count is more than the maximum replica count");
  private static final Verdict TOO_FEW =
      new Verdict(
          true,
          "TooFewReplicas",
          "the desired replica count is less than the minimum replica count");
  private static final Verdict TOO_FAST =
      new Verdict(
          true,
          "ScaleUpLimit",
          "the desired replica count is increasing faster than the maximum scale rate");
  private static final Verdict TOO_SOON =
      new Verdict(
          true,
          "ScaleDownLimit",
          "the desired replica count is decreasing faster than the maximum scale rate");
  private final List<Point> wishes = new ArrayList<>();
  private final List<Point> changes = new ArrayList<>();

  private record Point(Instant at, int count) {}

  /// What to do now.
  ///
  /// @param pace whether an earlier wish counts more than the newest (condition AbleToScale)
  /// @param limit whether bounds or policies hold it back (condition ScalingLimited)
  record Step(int replicas, Verdict pace, Verdict limit) {}

  /// What a condition says. @param held whether the wish was changed
  record Verdict(boolean held, String reason, String message) {}

  Step step(JsonNode spec, int current, int wanted, Instant now) {
    wishes.removeIf(point -> point.at().isBefore(now.minus(KEEP)));
    changes.removeIf(point -> point.at().isBefore(now.minus(KEEP)));
    wishes.add(new Point(now, wanted));
    int least = spec.path("minReplicas").asInt(1);
    int most = spec.path("maxReplicas").asInt();
    JsonNode up = spec.path("behavior").path("scaleUp");
    JsonNode down = spec.path("behavior").path("scaleDown");
    int steady = settled(up, 0, now, wanted, Math::min);
    int low = settled(down, 300, now, wanted, Math::max);
    int next = current < steady ? steady : current > low ? low : current;
    Verdict pace = pace(current, wanted, next);
    if (next > current) {
      int allowed = Math.max(current, highest(up, current, now));
      if (next > Math.min(allowed, most)) {
        return new Step(Math.min(allowed, most), pace, allowed < most ? TOO_FAST : TOO_MANY);
      }
    } else if (next < current) {
      int allowed = Math.min(current, lowest(down, current, now));
      if (next < Math.max(allowed, least)) {
        return new Step(Math.max(allowed, least), pace, allowed > least ? TOO_SOON : TOO_FEW);
      }
    }
    return new Step(next, pace, WITHIN);
  }

  private static Verdict pace(int current, int wanted, int settled) {
    if (settled == wanted) {
      return new Verdict(false, "ReadyForNewScale", "recommended size matches current size");
    }
    return wanted >= current
        ? new Verdict(
            true,
            "ScaleUpStabilized",
            "recent recommendations were lower than current one, applying the lowest recent recommendation")
        : new Verdict(
            true,
            "ScaleDownStabilized",
            "recent recommendations were higher than current one, applying the highest recent recommendation");
  }

  /// The target was changed.
  void changed(int difference, Instant now) {
    changes.add(new Point(now, difference));
  }

  /// The most careful wish within the window.
  private int settled(
      JsonNode rules, int usual, Instant now, int wanted, IntBinaryOperator careful) {
    long seconds = rules.path("stabilizationWindowSeconds").asLong(usual);
    Instant since = now.minusSeconds(seconds);
    return wishes.stream()
        .filter(point -> !point.at().isBefore(since))
        .mapToInt(Point::count)
        .reduce(wanted, careful);
  }

  private int highest(JsonNode rules, int current, Instant now) {
    return limit(rules, current, now, 1, current + 4, 2 * current);
  }

  private int lowest(JsonNode rules, int current, Instant now) {
    return limit(rules, current, now, -1, 0, 0);
  }

  /// @param direction 1 up, -1 down
  /// @param usual what holds without policies, the further one of the two
  private int limit(JsonNode rules, int current, Instant now, int direction, int... usual) {
    String select = rules.path("selectPolicy").asText("Max");
    if (select.equals("Disabled")) {
      return current;
    }
    List<Integer> limits = new ArrayList<>();
    for (JsonNode policy : rules.path("policies")) {
      Instant since = now.minusSeconds(policy.path("periodSeconds").asLong());
      int before =
          current
              - changes.stream()
                  .filter(point -> point.at().isAfter(since) && point.count() * direction > 0)
                  .mapToInt(Point::count)
                  .sum();
      int value = policy.path("value").asInt();
      limits.add(
          policy.path("type").asText().equals("Percent")
              ? (int)
                  (direction > 0
                      ? Math.ceil(before * (1 + value / 100.0))
                      : before * (1 - value / 100.0))
              : before + direction * value);
    }
    if (limits.isEmpty()) {
      for (int each : usual) {
        limits.add(each);
      }
    }
    boolean far = !select.equals("Min");
    return limits.stream()
        .mapToInt(Integer::intValue)
        .reduce((a, b) -> far == direction > 0 ? Math.max(a, b) : Math.min(a, b))
        .orElse(current);
  }
}
