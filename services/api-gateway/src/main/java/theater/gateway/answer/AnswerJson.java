package theater.gateway.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Writes an answer as the page reads it.
public final class AnswerJson {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private AnswerJson() {}

  public static void write(JsonGenerator json, Answer answer) throws IOException {
    json.writeStartObject();
    json.writeNumberField("seq", answer.seq());
    json.writeStringField("time", TIME.format(Instant.ofEpochMilli(answer.time())));
    json.writeStringField("service", answer.service().id());
    json.writeStringField("method", answer.method());
    json.writeStringField("path", answer.path());
    json.writeNumberField("status", answer.status());
    json.writeNumberField("durationMs", Math.round(answer.durationMs() * 10) / 10.0);
    switch (answer.origin()) {
      case Origin.ByService service -> origin(json, "service", service.context(), service.pod());
      case Origin.ByEnvoy envoy -> {
        origin(json, "envoy", null, null);
        json.writeStringField("flag", envoy.flag());
        json.writeStringField("envoy", envoy.where());
        json.writeStringField("text", envoy.text());
      }
      case Origin.ByGateway gateway -> {
        origin(json, "gateway", null, null);
        json.writeStringField("text", gateway.text());
      }
    }
    json.writeBooleanField("canary", answer.canary());
    if (answer.delayed()) {
      json.writeStringField("delayed", "probably injected");
    } else {
      json.writeBooleanField("delayed", false);
    }
    json.writeEndObject();
  }

  private static void origin(JsonGenerator json, String by, String context, String pod)
      throws IOException {
    json.writeStringField("by", by);
    json.writeStringField("context", context);
    json.writeStringField("pod", pod);
  }
}
