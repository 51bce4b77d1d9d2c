package theater.acceptance.recorded;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What printed lines mean: without what differs from run to run (suffixes of names, ages,
/// addresses, times, tokens) and from node to node, and without Theater's own advice.
final class Meaning {
  /// The record cuts lines off at this length.
  private static final int CUT = 220;

  private static final String MORE = " …";

  private static final String POD = "NAME-POD";
  private static final Pattern POD_READY = Pattern.compile("(" + POD + " )(\\d)/2\\b");

  private static final String[][] WORDS = {
    {"\\b(web|d2)-[0-9a-f]{8,10}-[a-z0-9]{5}\\b", POD},
    {"\\b(web|d2)-[0-9a-f]{8,10}\\b", "NAME-HASH"},
    {"\\b[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} [0-9:]+ \\+0000", "TIME"},
    {"\\b\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z", "TIME"},
    {"\\bW\\d{4} [0-9:.]+ +\\d+ ", "KLOG "},
    {"\\b\\d+\\.\\d+\\.\\d+\\.\\d+(:\\d+)?( -> \\d+)?", "ADDRESS"},
    {"\\b(\\d+[smh]){1,2}\\b", "AGE"},
    {"\\beyJ[A-Za-z0-9._-]+", "TOKEN"},
    {"\\b(kwok-0|ctx1-node)\\b", "NODE"},
    {"\\b(oracle|ctx1)\\b", "CONTEXT"},
    {"\\s+", " "},
  };

  private Meaning() {}

  /// Whether these lines begin as the recorded ones do; of what is watched, whether they show the
  /// same steps; of what has no order or shows what others made, whether the recorded lines are
  /// there.
  static boolean same(String command, List<String> recorded, List<String> printed) {
    List<String> expected = lines(recorded);
    List<String> found = lines(printed);
    if (command.contains("rollout status")) {
      // The record has the first steps only; every one that it has ended well.
      return !found.isEmpty()
          && found.getLast().equals("deployment \"web\" successfully rolled out")
          && Stream.concat(expected.stream(), found.stream()).allMatch(Meaning::step);
    }
    if (command.contains("--output-watch-events")) {
      return new TreeSet<>(events(found)).containsAll(events(expected));
    }
    if (command.endsWith(" -w")) {
      return distinct(found).equals(distinct(expected));
    }
    if (command.contains("events -n") || command.endsWith(" -A")) {
      return new TreeSet<>(found).containsAll(expected);
    }
    if (found.size() < expected.size()) {
      return false;
    }
    for (int i = 0; i < expected.size(); i++) {
      String line = expected.get(i);
      boolean cut = line.endsWith(MORE);
      if (cut
          ? !found.get(i).startsWith(line.substring(0, line.length() - MORE.length()))
          : !found.get(i).equals(line)) {
        return false;
      }
    }
    return true;
  }

  private static List<String> lines(List<String> printed) {
    return printed.stream()
        .filter(line -> !line.isBlank() && !line.matches("(diff -u|---|\\+\\+\\+) .*"))
        .filter(line -> !line.startsWith("Warning: theater/T0"))
        .map(line -> words(line) + (line.length() < CUT ? "" : MORE))
        .toList();
  }

  private static String words(String line) {
    String text = line;
    for (String[] word : WORDS) {
      text = text.replaceAll(word[0], word[1]);
    }
    // A sidecar is injected here; the recorded cluster had no injector.
    Matcher ready = POD_READY.matcher(text);
    text = ready.replaceAll(m -> m.group(1) + (m.group(2).equals("2") ? "1/1" : "0/1"));
    return text.strip();
  }

  private static boolean step(String line) {
    return line.matches(
        "Waiting for deployment spec update to be observed\\.\\.\\."
            + "|Waiting for deployment \"web\" rollout to finish: \\d+ (out of \\d+ new replicas have been updated|old replicas are pending termination|of \\d+ updated replicas are available)\\.\\.\\."
            + "|deployment \"web\" successfully rolled out");
  }

  /// `ADDED Running`
  private static List<String> events(List<String> lines) {
    return lines.stream()
        .map(line -> line.split(" "))
        .filter(words -> words.length > 3)
        .map(words -> words[0] + " " + words[3])
        .toList();
  }

  private static List<String> distinct(List<String> lines) {
    List<String> steps = new ArrayList<>();
    for (String line : lines) {
      if (steps.isEmpty() || !Objects.equals(steps.getLast(), line)) {
        steps.add(line);
      }
    }
    return steps;
  }
}
