package theater.gateway.live;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/// One open page. What it is too slow for waits in a bounded queue, which loses the oldest first;
/// the newest state is sent again after a loss.
final class EventClient {
  private static final int QUEUE_BYTES = 256 * 1024;
  private static final int PATIENCE = 6;

  private final HttpServerResponse response;
  private final Supplier<Buffer> state;
  private final Queue<Buffer> queue = new ArrayDeque<>();
  private int queued;
  private boolean stateIsDue;
  private int fullTicks;

  /// @param state gives the events that tell the newest state
  EventClient(HttpServerResponse response, Supplier<Buffer> state) {
    this.response = response;
    this.state = state;
    response.drainHandler(v -> drain());
  }

  /// Answers: may be lost.
  void answers(Buffer events) {
    if (queue.isEmpty() && !response.writeQueueFull()) {
      response.write(events);
      return;
    }
    queue.add(events);
    queued += events.length();
    while (queued > QUEUE_BYTES) {
      queued -= queue.remove().length();
      stateIsDue = true;
    }
  }

  /// State: only the newest counts.
  void state(Buffer event) {
    if (queue.isEmpty() && !response.writeQueueFull()) {
      response.write(event);
    } else {
      stateIsDue = true;
    }
  }

  /// Every 10 s. A page that took nothing for a minute is let go.
  void tick(Buffer comment) {
    if (!response.writeQueueFull()) {
      fullTicks = 0;
      response.write(comment);
    } else if (++fullTicks >= PATIENCE) {
      response.reset();
    }
  }

  void end() {
    response.end();
  }

  private void drain() {
    fullTicks = 0;
    while (!queue.isEmpty() && !response.writeQueueFull()) {
      Buffer next = queue.remove();
      queued -= next.length();
      response.write(next);
    }
    if (stateIsDue && queue.isEmpty() && !response.writeQueueFull()) {
      stateIsDue = false;
      response.write(state.get());
    }
  }
}
