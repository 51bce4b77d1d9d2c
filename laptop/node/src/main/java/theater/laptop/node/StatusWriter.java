package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import theater.kube.Canonical;
import theater.kube.KubeApi;
import theater.kube.KubeException;
import theater.kube.KubeUnavailableException;
import theater.kube.Meta;
import theater.kube.ResourceTypes;

/// Brings one pod's newest status to the API server, on a virtual thread of its own, until it has
/// landed; what is overtaken is not sent.
final class StatusWriter {
  private static final Logger LOG = System.getLogger(StatusWriter.class.getName());
  private static final long FIRST_PAUSE = 100;
  private static final long LONGEST_PAUSE = 2000;

  private final KubeApi api;
  private final JsonNode pod;
  private ObjectNode wanted;
  private String landed = "";
  private Runnable removed;
  private boolean closed;
  private boolean running;

  StatusWriter(KubeApi api, JsonNode pod) {
    this.api = api;
    this.pod = pod;
  }

  synchronized void write(ObjectNode status) {
    wanted = status;
    wake();
  }

  /// Removes the Pod object, after which `then` runs.
  synchronized void remove(Runnable then) {
    wanted = null;
    removed = then;
    wake();
  }

  synchronized void close() {
    closed = true;
  }

  private void wake() {
    if (!running) {
      running = true;
      Thread.ofVirtual().name("status " + Meta.name(pod)).start(this::run);
    }
  }

  private void run() {
    long pause = FIRST_PAUSE;
    while (true) {
      ObjectNode status;
      Runnable then;
      synchronized (this) {
        status = wanted;
        then = removed;
        if (closed || (status == null && then == null)) {
          running = false;
          return;
        }
        wanted = null;
      }
      try {
        if (then != null) {
          api.delete(ResourceTypes.POD, Meta.namespace(pod), Meta.name(pod), Meta.uid(pod), 0);
        } else {
          patch(status);
        }
        pause = FIRST_PAUSE;
      } catch (KubeException e) {
        if (e.code() != 404 && e.code() != 409) {
          LOG.log(Level.WARNING, "status of pod {0}: {1}", Meta.key(pod), e.getMessage());
          retry(status);
          pause = sleep(pause);
          continue;
        }
        // Gone, or another pod of the same name: nothing left to write.
      } catch (KubeUnavailableException e) {
        retry(status);
        pause = sleep(pause);
        continue;
      }
      if (then != null) {
        synchronized (this) {
          removed = null;
          closed = true;
        }
        then.run();
      }
    }
  }

  private void patch(ObjectNode status) {
    String text = Canonical.text(status);
    if (text.equals(landed)) {
      return;
    }
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").put("uid", Meta.uid(pod));
    patch.set("status", status);
    api.mergePatch(ResourceTypes.POD, Meta.namespace(pod), Meta.name(pod), "status", patch);
    landed = text;
  }

  private synchronized void retry(ObjectNode status) {
    if (wanted == null) {
      wanted = status;
    }
  }

  private static long sleep(long pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Math.min(LONGEST_PAUSE, pause * 2);
  }
}
