package theater.laptop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import theater.mesh.translation.names.ClusterName;

/// A change as lines for a person.
record DiffText(Messages messages, Ink ink, PrintStream out) {
  private static final int MOST_FIELDS = 12;

  void print(JsonNode change) {
    out.println(
        ink.strong(
            messages.text(
                "diff.head",
                change.path("context").asText(),
                change.path("number").asLong(),
                time(change.path("written").asText()))));
    change.path("objects").forEach(this::object);
    if (change.path("resources").isEmpty()) {
      out.println("  " + messages.text("diff.noresource"));
    }
    resources(change);
    change.path("proxies").forEach(this::receiver);
    out.println();
  }

  private void object(JsonNode object) {
    String version = object.path("resourceVersion").asText("");
    out.println(
        "  "
            + messages.text(
                "diff.object." + object.path("verb").asText(),
                object.path("kind").asText()
                    + " "
                    + object.path("namespace").asText()
                    + "/"
                    + object.path("name").asText()
                    + " ("
                    + object.path("context").asText()
                    + ")")
            + (version.isEmpty() ? "" : ink.faint("  resourceVersion " + version)));
    int shown = 0;
    for (JsonNode field : object.path("fields")) {
      if (shown++ == MOST_FIELDS) {
        out.println(
            "      " + messages.text("diff.more", object.path("fields").size() - MOST_FIELDS));
        return;
      }
      out.println(
          "      "
              + field.path("path").asText()
              + "  "
              + arrow(field.path("from"), field.path("to")));
    }
  }

  /// What differs in the same way in several resources of the same Envoys is told once.
  private void resources(JsonNode change) {
    Map<String, List<JsonNode>> same = new LinkedHashMap<>();
    for (JsonNode it : change.path("resources")) {
      String key =
          it.path("kind").asText()
              + it.path("verb").asText()
              + it.path("tooLarge").asBoolean()
              + it.path("proxies")
              + whats(it);
      same.computeIfAbsent(key, _ -> new ArrayList<>()).add(it);
    }
    same.values().forEach(it -> resource(it, change.path("proxies")));
  }

  private Map<String, List<String>> whats(JsonNode resource) {
    Map<String, List<String>> byRule = new LinkedHashMap<>();
    boolean route = resource.path("kind").asText().equals("route");
    for (JsonNode it : resource.path("differences")) {
      byRule.computeIfAbsent(route ? where(it) : "", _ -> new ArrayList<>()).add(what(it));
    }
    return byRule;
  }

  private void resource(List<JsonNode> same, JsonNode receivers) {
    JsonNode first = same.getFirst();
    List<String> names = same.stream().map(it -> name(it.path("name").asText())).toList();
    out.println(
        "  "
            + messages.text(
                "diff.resource." + first.path("verb").asText(),
                messages.text("diff.kind." + first.path("kind").asText()),
                String.join(", ", names))
            + "  "
            + ink.faint(in(first.path("proxies"), receivers)));
    if (first.path("tooLarge").asBoolean()) {
      out.println("      " + messages.text("diff.large"));
    }
    whats(first)
        .forEach((where, whats) ->
            out.println(
                "      " + (where.isEmpty() ? "" : where + ": ") + String.join(", ", whats)));
  }

  /// `user-service:8081 ctx1`
  private static String name(String resource) {
    return ClusterName.parse(resource)
        .map(it ->
            it.host().replaceFirst("\\..*", "")
                + ":"
                + it.port()
                + (it.subset().isEmpty() ? "" : " " + it.subset()))
        .orElse(resource);
  }

  /// By application, and shorter when it is all of them.
  private String in(JsonNode pods, JsonNode receivers) {
    if (pods.size() == receivers.size() && pods.size() > 1) {
      return messages.text("diff.inAll", pods.size());
    }
    Set<String> apps = new LinkedHashSet<>();
    for (JsonNode pod : pods) {
      for (JsonNode receiver : receivers) {
        if (receiver.path("pod").equals(pod)) {
          apps.add(receiver.path("app").asText());
        }
      }
    }
    return messages.text("diff.in", pods.size(), String.join(", ", apps));
  }

  /// `user-service-vs spec.http[1] (header x-canary = true)`
  private static String where(JsonNode it) {
    String object = it.path("object").asText("");
    String match = it.path("match").asText("");
    String name =
        object.isEmpty()
            ? it.path("host").asText("")
            : object.substring(object.indexOf('/') + 1) + " " + it.path("path").asText("");
    return (name + (match.isEmpty() ? "" : " [" + match + "]")).strip();
  }

  private String what(JsonNode it) {
    String what = it.path("what").asText();
    String key = "diff.what." + what;
    String word = messages.bundle().containsKey(key) ? messages.text(key) : what;
    String of = it.path("of").asText("");
    return word + (of.isEmpty() ? "" : " " + of) + " " + arrow(it.path("from"), it.path("to"));
  }

  private String arrow(JsonNode from, JsonNode to) {
    String before = from.asText("");
    String after = to.asText("");
    return (before.isEmpty() ? messages.text("diff.absent") : before)
        + " → "
        + (after.isEmpty() ? messages.text("diff.absent") : ink.strong(after));
  }

  private void receiver(JsonNode proxy) {
    double taken = proxy.path("taken").asDouble();
    boolean refused = proxy.path("refused").size() > 0;
    String words =
        refused
            ? ink.bad(messages.text("diff.refused"))
            : taken < 0
                ? ink.bad(messages.text("diff.waiting"))
                : ink.good(messages.text("diff.taken", String.format(Locale.ROOT, "%.1f", taken)));
    out.println("  " + Ink.padded(proxy.path("pod").asText(), 44) + words);
    for (JsonNode it : proxy.path("refused")) {
      out.println(
          "      "
              + it.path("kind").asText()
              + " "
              + it.path("name").asText()
              + ": "
              + messages.text("refused." + it.path("reason").asText()));
      out.println("      " + ink.faint(it.path("text").asText()));
    }
  }

  private static String time(String instant) {
    return instant.isEmpty()
        ? ""
        : LocalTime.ofInstant(Instant.parse(instant), ZoneId.systemDefault())
            .truncatedTo(ChronoUnit.MILLIS)
            .toString();
  }
}
