package theater.laptop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiConsumer;

/// What a route does besides choosing where to go, a line each.
record ActionText(Messages messages, BiConsumer<String, String> line) {

  void print(JsonNode action) {
    if (action.isMissingNode()) {
      return;
    }
    JsonNode delay = action.path("delay");
    if (delay.isObject()) {
      line.accept(
          "explain.delay",
          messages.text(
              "explain.delayText",
              delay.path("time").asText(),
              BranchText.percent(delay.path("percent").asDouble())));
    }
    JsonNode abort = action.path("abort");
    if (abort.isObject()) {
      line.accept(
          "explain.abort",
          messages.text(
              "explain.abortText",
              abort.hasNonNull("grpc")
                  ? "gRPC " + abort.path("grpc").asText()
                  : "HTTP " + abort.path("status").asInt(),
              BranchText.percent(abort.path("percent").asDouble())));
    }
    JsonNode redirect = action.path("redirect");
    if (redirect.isObject()) {
      line.accept(
          "explain.redirect",
          redirect.path("status").asInt() + " " + redirect.path("location").asText());
    }
    JsonNode direct = action.path("directResponse");
    if (direct.isObject()) {
      line.accept(
          "explain.direct", direct.path("status").asInt() + " " + direct.path("body").asText());
    }
    JsonNode rewrite = action.path("rewrite");
    if (rewrite.isObject()) {
      line.accept(
          "explain.rewrite",
          (rewrite.path("host").asText() + " " + rewrite.path("path").asText()).strip());
    }
    for (JsonNode mirror : action.path("mirrors")) {
      line.accept(
          "explain.mirror",
          BranchText.percent(mirror.path("percent").asDouble())
              + " "
              + mirror.path("cluster").asText());
    }
    for (JsonNode header : action.path("headers")) {
      line.accept("explain.header", header.asText());
    }
    if (action.hasNonNull("hash")) {
      line.accept("explain.hash", action.path("hash").asText());
    }
    if (action.hasNonNull("timeout")) {
      String time = action.path("timeout").asText();
      line.accept("explain.timeout", time.isEmpty() ? messages.text("explain.none") : time);
    }
    JsonNode retries = action.path("retries");
    if (retries.isObject()) {
      line.accept("explain.retries", retries(retries));
    }
  }

  private String retries(JsonNode retries) {
    StringBuilder text = new StringBuilder(retries.path("attempts").asInt() + "× ");
    text.append(retries.path("on").asText());
    if (retries.path("codes").size() > 0) {
      text.append(" [").append(ExplainText.joined(retries.path("codes"))).append(']');
    }
    String perTry = retries.path("perTry").asText();
    if (!perTry.isEmpty()) {
      text.append("  ").append(messages.text("explain.perTry", perTry));
    }
    return text.toString();
  }
}
