package theater.kube.fake;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import theater.kube.KubeApi;
import theater.kube.KubeApi.WatchEvent;
import theater.kube.Meta;
import theater.kube.ResourceType;

/// One watch: tells its events in order on a virtual thread.
final class FakeWatch implements KubeApi.Watch {
  private final ResourceType type;
  private final String namespace;
  private final Consumer<FakeWatch> closed;
  private final LinkedBlockingQueue<Runnable> news = new LinkedBlockingQueue<>();
  private final Consumer<WatchEvent> events;
  private final Consumer<RuntimeException> ended;
  private boolean over;

  FakeWatch(
      ResourceType type,
      String namespace,
      Consumer<WatchEvent> events,
      Consumer<RuntimeException> ended,
      Consumer<FakeWatch> closed) {
    this.type = type;
    this.namespace = namespace;
    this.events = events;
    this.ended = ended;
    this.closed = closed;
    Thread.ofVirtual().start(this::run);
  }

  void offer(ResourceType of, WatchEvent event) {
    if (of.equals(type)
        && (namespace == null || Meta.namespace(event.object()).equals(namespace))) {
      news.add(() -> events.accept(new WatchEvent(event.type(), event.object().deepCopy())));
    }
  }

  void end(RuntimeException reason) {
    news.add(() -> {
      over = true;
      ended.accept(reason);
    });
  }

  @Override
  public void close() {
    closed.accept(this);
    end(null);
  }

  private void run() {
    while (!over) {
      try {
        news.take().run();
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
