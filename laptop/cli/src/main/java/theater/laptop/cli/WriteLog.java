package theater.laptop.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import theater.laptop.api.store.StoreEvent;
import theater.mesh.explain.held.Writes;

/// When the objects that the mesh looks at were last written, for the newest few.
final class WriteLog implements Consumer<StoreEvent>, Writes {
  private static final int MOST = 2000;
  private final Map<String, Write> writes =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Write> eldest) {
          return size() > MOST;
        }
      };

  @Override
  public void accept(StoreEvent event) {
    ObjectNode object = event.object() == null ? event.previous() : event.object();
    String group = object.path("apiVersion").asText();
    if (group.contains("istio.io/")
        || group.startsWith("gateway.networking.k8s.io/")
        || object.path("kind").asText().equals("Service")) {
      put(
          key(object.path("kind").asText(), event.key().namespace(), event.key().name()),
          new Write(Long.toString(event.resourceVersion()), Instant.now()));
    }
  }

  private synchronized void put(String key, Write write) {
    writes.remove(key);
    writes.put(key, write);
  }

  @Override
  public synchronized Optional<Write> last(String kind, String namespace, String name) {
    return Optional.ofNullable(writes.get(key(kind, namespace, name)));
  }

  private static String key(String kind, String namespace, String name) {
    return kind + "/" + namespace + "/" + name;
  }
}
