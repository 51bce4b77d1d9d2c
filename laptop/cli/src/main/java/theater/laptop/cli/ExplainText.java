package theater.laptop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// An explanation as lines for a person.
final class ExplainText {
  private static final int LABEL = 14;
  private final Messages messages;
  private final Ink ink;
  private final YamlLines lines;
  private final PrintStream out;

  ExplainText(Messages messages, Ink ink, YamlLines lines, PrintStream out) {
    this.messages = messages;
    this.ink = ink;
    this.lines = lines;
    this.out = out;
  }

  void print(JsonNode explanation) {
    StringBuilder headers = new StringBuilder();
    explanation
        .path("headers")
        .properties()
        .forEach(it ->
            headers.append("  ").append(it.getKey()).append(": ").append(it.getValue().asText()));
    out.println(
        ink.strong(explanation.path("method").asText() + " " + explanation.path("url").asText())
            + headers);
    for (JsonNode leg : explanation.path("legs")) {
      leg(leg);
    }
  }

  private void leg(JsonNode leg) {
    out.println();
    JsonNode caller = leg.path("caller");
    out.println(
        messages.text(
            "explain.caller",
            ink.strong(caller.path("name").asText()),
            caller.path("context").asText(),
            caller.path("pod").asText()));
    if (caller.path("others").size() > 0) {
      line("explain.others", joined(caller.path("others")));
    }
    line(
        "explain.listener",
        leg.path("dialled").asText()
            + (leg.path("listener").asText().isEmpty()
                ? "  " + ink.bad(messages.text("explain.none"))
                : ""));
    if (!leg.path("virtualHost").asText().isEmpty()) {
      line(
          "explain.host",
          leg.path("virtualHost").asText() + ink.faint("  (" + leg.path("domain").asText() + ")"));
    }
    leg.path("rules").forEach(this::rule);
    for (JsonNode omitted : leg.path("omitted")) {
      line(
          "explain.omitted",
          ink.faint(
              place(omitted.path("object").asText(), omitted.path("path").asText())
                  + "  "
                  + messages.text("explain.omitted." + omitted.path("reason").asText())));
    }
    new ActionText(messages, this::line).print(leg.path("action"));
    new BranchText(messages, ink, this::line, this::place, leg).print();
    refused(leg);
    for (JsonNode outcome : leg.path("outcomes")) {
      line("explain.outcome", outcome(outcome));
    }
  }

  private void rule(JsonNode rule) {
    boolean taken = rule.path("taken").asBoolean();
    String object = rule.path("object").asText();
    String path = rule.path("match").asText(rule.path("path").asText());
    String name =
        object.isEmpty()
            ? messages.text("explain.default", rule.path("name").asText())
            : place(object, path.isEmpty() ? rule.path("path").asText() : path);
    List<String> why = new ArrayList<>();
    for (JsonNode condition : rule.path("conditions")) {
      boolean met = condition.path("met").asBoolean();
      boolean trivial = condition.path("expected").asText().equals("/*");
      if (!trivial && met == taken) {
        why.add(
            condition.path("what").asText()
                + " "
                + condition.path("expected").asText()
                + (met ? "" : "; " + got(condition)));
      }
    }
    line(
        "explain.rule",
        (taken ? ink.good("✓ ") : ink.faint("✗ "))
            + (taken ? name : ink.faint(name))
            + (why.isEmpty() ? "" : "  " + String.join(", ", why)));
    if (!rule.path("root").asText("").isEmpty()) {
      line("explain.root", rule.path("root").asText());
    }
  }

  private String got(JsonNode condition) {
    return condition.hasNonNull("got")
        ? messages.text("explain.got", condition.path("got").asText())
        : messages.text("explain.gotNothing");
  }

  /// `VirtualService theater-msa/user-service-vs spec.http[1] (FILE:12)`
  private String place(String object, String path) {
    String line = lines.line(object, path);
    return object + " " + path + (line.isEmpty() ? "" : " (" + line + ")");
  }

  private void refused(JsonNode leg) {
    for (JsonNode refusal : leg.path("refused")) {
      line(
          "explain.refused",
          ink.bad(refusal.path("kind").asText() + " " + refusal.path("name").asText())
              + ": "
              + messages.text("refused." + refusal.path("reason").asText()));
      line("", ink.faint(refusal.path("text").asText()));
    }
    if (leg.path("waiting").asBoolean()) {
      line("explain.waiting", messages.text("explain.waitingText"));
    }
  }

  private String outcome(JsonNode outcome) {
    String words = messages.text("explain.outcome." + outcome.path("reason").asText());
    int status = outcome.path("status").asInt();
    String flag = outcome.path("flag").asText("");
    String code =
        status == 0
            ? ""
            : "  HTTP " + status + (flag.isEmpty() || flag.equals("-") ? "" : " " + flag);
    boolean good = status == 0 && outcome.path("by").asText().equals("service");
    return Ink.padded(BranchText.percent(outcome.path("percent").asDouble()), 8)
        + (good ? ink.good(words) : ink.bad(words))
        + code
        + (outcome.path("where").size() > 0 ? "  " + joined(outcome.path("where")) : "");
  }

  private void line(String key, String text) {
    String label = key.isEmpty() ? "" : messages.text(key);
    out.println("  " + Ink.padded(label, LABEL) + text);
  }

  static String joined(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(it -> texts.add(it.asText()));
    return String.join(", ", texts);
  }
}
