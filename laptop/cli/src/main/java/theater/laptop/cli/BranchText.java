package theater.laptop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;

/// Where a request may go: shares, endpoints, and what the server's side says.
record BranchText(
    Messages messages,
    Ink ink,
    BiConsumer<String, String> line,
    BinaryOperator<String> place,
    JsonNode leg) {

  void print() {
    for (JsonNode branch : leg.path("branches")) {
      branch(branch);
    }
  }

  private void branch(JsonNode branch) {
    String subset = branch.path("subset").asText("");
    String host = branch.path("host").asText("");
    String path = branch.path("path").asText("");
    line.accept(
        "explain.branch",
        Ink.padded(percent(branch.path("percent").asDouble()), 8)
            + (host.isEmpty()
                ? branch.path("cluster").asText()
                : host + ":" + branch.path("port").asInt())
            + (subset.isEmpty() ? "" : "  " + ink.strong(messages.text("explain.subset", subset)))
            + (path.isEmpty() ? "" : ink.faint("  " + place.apply(object(), path))));
    if (!branch.path("exists").asBoolean()) {
      line.accept("", ink.bad(messages.text("explain.nocluster", branch.path("cluster").asText())));
      return;
    }
    String of = branch.path("subsetOf").asText(branch.path("policyOf").asText(""));
    if (!of.isEmpty()) {
      line.accept("", ink.faint(of));
    }
    List<String> settings = new ArrayList<>();
    branch
        .path("settings")
        .properties()
        .forEach(it -> settings.add(it.getKey() + " " + it.getValue().asText()));
    if (!settings.isEmpty()) {
      line.accept("", ink.faint(String.join("; ", settings)));
    }
    if (branch.path("panic").asBoolean()) {
      line.accept("", ink.bad(messages.text("explain.panic")));
    }
    branch.path("targets").forEach(this::target);
    if (branch.path("targets").isEmpty() && !host.isEmpty()) {
      line.accept("", ink.bad(messages.text("explain.noendpoint")));
    }
    branch.path("arrivals").forEach(this::arrival);
  }

  private String object() {
    for (JsonNode rule : leg.path("rules")) {
      if (rule.path("taken").asBoolean()) {
        return rule.path("object").asText();
      }
    }
    return "";
  }

  private void target(JsonNode target) {
    boolean gateway = target.path("kind").asText().equals("gateway");
    String name =
        gateway
            ? messages.text("explain.gateway", target.path("name").asText())
            : target.path("name").asText();
    boolean used = target.path("used").asBoolean();
    StringBuilder text = new StringBuilder();
    text.append(used ? "→ " : "✗ ").append(used ? name : ink.struck(name));
    text.append("  ").append(target.path("address").asText());
    text.append(target.path("mutual").asBoolean() ? "  mTLS" : "  plaintext");
    if (target.path("ejected").asBoolean()) {
      text.append("  ").append(ink.bad(messages.text("explain.ejected")));
    } else if (!target.path("health").asText("").isEmpty()) {
      text.append("  ").append(ink.bad(target.path("health").asText()));
    } else if (!used) {
      text.append("  ").append(messages.text("explain.standby", target.path("priority").asInt()));
    }
    if (gateway && target.path("behind").size() > 0) {
      text.append(ink.faint("  " + messages.text("explain.behind", target.path("behind").size())));
    }
    line.accept("", text.toString());
  }

  private void arrival(JsonNode arrival) {
    List<String> steps = new ArrayList<>();
    for (JsonNode step : arrival.path("steps")) {
      String key = step.path("what").asText() + "." + step.path("result").asText();
      String words = messages.text("explain.check." + key, step.path("detail").asText(""));
      steps.add(step.path("result").asText().equals("refused") ? ink.bad(words) : words);
    }
    String pod = arrival.path("pod").asText("");
    line.accept(
        "explain.server",
        arrival.path("context").asText("")
            + (pod.isEmpty() ? "" : " " + pod)
            + ": "
            + String.join("; ", steps));
  }

  static String percent(double share) {
    return (share == Math.rint(share)
            ? Long.toString((long) share)
            : String.format(Locale.ROOT, "%.2f", share))
        + " %";
  }
}
