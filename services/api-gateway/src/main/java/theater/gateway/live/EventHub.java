package theater.gateway.live;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import theater.gateway.CinemaService;
import theater.gateway.answer.Answer;
import theater.gateway.answer.AnswerJson;
import theater.gateway.answer.AnswerRing;

/// Keeps the newest answers and the newest state, and tells every open page of what happens. For
/// the event loop only.
///
/// Answers of a few milliseconds go out together, as one buffer for all pages; without a page no
/// JSON is made.
public final class EventHub {
  /// Names of the state events, in the order in which a page gets them.
  public enum State {
    WEIGHTS("{}"),
    DEPLOYMENT("{\"contexts\":{}}"),
    EJECTIONS("[]");

    private final String initially;

    State(String initially) {
      this.initially = initially;
    }

    String event() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private static final int KEPT = 100;
  private static final int MAX_BATCH = 500;
  private static final long BATCH_MS = 10;
  private static final long COMMENT_MS = 10_000;
  private static final Buffer COMMENT = Buffer.buffer(": still here\n\n");

  private final Vertx vertx;
  private final int maxClients;
  private final Map<CinemaService, AnswerRing> newest = new EnumMap<>(CinemaService.class);
  private final Map<State, String> states = new EnumMap<>(State.class);
  private final Set<EventClient> clients = new LinkedHashSet<>();
  private final Deque<Answer> batch = new ArrayDeque<>();
  private boolean flushIsDue;
  private long lost;

  public EventHub(Vertx vertx, int maxClients) {
    this.vertx = vertx;
    this.maxClients = maxClients;
    for (CinemaService service : CinemaService.values()) {
      newest.put(service, new AnswerRing(KEPT));
    }
    for (State state : State.values()) {
      states.put(state, state.initially);
    }
    vertx.setPeriodic(
        COMMENT_MS, timer -> Set.copyOf(clients).forEach(client -> client.tick(COMMENT)));
  }

  /// An answer went back to a caller.
  public void answer(Answer answer) {
    newest.get(answer.service()).add(answer);
    if (clients.isEmpty()) {
      return;
    }
    batch.add(answer);
    if (batch.size() > MAX_BATCH) {
      batch.remove();
      lost++;
    }
    if (!flushIsDue) {
      flushIsDue = true;
      vertx.setTimer(BATCH_MS, timer -> flush());
    }
  }

  /// The newest state; told only when it differs from the last.
  public void state(State state, String json) {
    if (!json.equals(states.put(state, json)) && !clients.isEmpty()) {
      flush();
      Buffer event = new EventText().event(state.event(), json).buffer();
      Set.copyOf(clients).forEach(client -> client.state(event));
    }
  }

  /// The newest state as JSON.
  public String state(State state) {
    return states.get(state);
  }

  /// A page opens. False when there are too many already.
  public boolean connect(HttpServerResponse response) {
    if (clients.size() >= maxClients) {
      return false;
    }
    flush();
    response.setChunked(true);
    response.putHeader("Content-Type", "text/event-stream; charset=utf-8");
    response.putHeader("Cache-Control", "no-store");
    response.putHeader("X-Accel-Buffering", "no");
    EventClient client = new EventClient(response, this::stateEvents);
    response.exceptionHandler(e -> clients.remove(client));
    response.closeHandler(v -> clients.remove(client));
    response.write(new EventText().event("snapshot", this::snapshot).buffer());
    clients.add(client);
    return true;
  }

  public int clients() {
    return clients.size();
  }

  /// Answers that no page was told of, because too many came at once.
  public long lost() {
    return lost;
  }

  /// Ends every page's stream; browsers connect again by themselves.
  public void close() {
    flush();
    Set.copyOf(clients).forEach(EventClient::end);
    clients.clear();
  }

  private void flush() {
    flushIsDue = false;
    if (batch.isEmpty()) {
      return;
    }
    EventText text = new EventText();
    batch.forEach(answer -> text.event("answer", json -> AnswerJson.write(json, answer)));
    batch.clear();
    Buffer events = text.buffer();
    Set.copyOf(clients).forEach(client -> client.answers(events));
  }

  private Buffer stateEvents() {
    EventText text = new EventText();
    new LinkedHashMap<>(states).forEach((state, json) -> text.event(state.event(), json));
    return text.buffer();
  }

  private void snapshot(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("answers");
    Deque<Answer> answers = new ArrayDeque<>();
    newest.values().forEach(ring -> ring.forEach(answers::add));
    for (Answer answer :
        answers.stream().sorted(java.util.Comparator.comparingLong(Answer::seq)).toList()) {
      AnswerJson.write(json, answer);
    }
    json.writeEndArray();
    for (State state : State.values()) {
      json.writeFieldName(state.event());
      json.writeRawValue(states.get(state));
    }
    json.writeEndObject();
  }
}
