package theater.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;

/// One API server. Blocking; safe for many threads. Every method throws [KubeException] when the
/// server answers with a Status, and [KubeUnavailableException] when it cannot be reached. The same
/// interface is served over HTTPS and, inside the API server's own process, by its store.
public interface KubeApi {

  /// @throws KubeException 404 when it does not exist
  ObjectNode get(ResourceType type, String namespace, String name);

  /// @param namespace null for all namespaces
  /// @param labelSelector null for all; Kubernetes' syntax, `app=redis,cluster in (ctx1)`
  ObjectList list(ResourceType type, String namespace, String labelSelector);

  ObjectNode create(ResourceType type, ObjectNode object);

  /// Replaces the object without its status. @throws KubeException 409 when its resourceVersion is
  /// not the newest
  ObjectNode update(ResourceType type, ObjectNode object);

  /// Replaces the status only. @throws KubeException 409 when its resourceVersion is not the newest
  ObjectNode updateStatus(ResourceType type, ObjectNode object);

  /// JSON merge patch (RFC 7396).
  ///
  /// @param subresource null, `status` or `scale`
  ObjectNode mergePatch(
      ResourceType type, String namespace, String name, String subresource, JsonNode patch);

  /// @param uid null, or delete only the object with this uid
  /// @param gracePeriodSeconds null for the default; 0 removes a pod at once
  void delete(
      ResourceType type, String namespace, String name, String uid, Integer gracePeriodSeconds);

  /// Events after a resourceVersion, in order, on one thread of the watch's own, until it is closed
  /// or ends. The end is told once.
  ///
  /// @param namespace null for all namespaces
  /// @param ended called with null when the server closed the stream, or with what went wrong (410
  ///   Gone: list again)
  Watch watch(
      ResourceType type,
      String namespace,
      String resourceVersion,
      Consumer<WatchEvent> events,
      Consumer<RuntimeException> ended);

  /// A list and the resourceVersion to watch from.
  record ObjectList(String resourceVersion, List<ObjectNode> items) {
    public ObjectList {
      items = List.copyOf(items);
    }
  }

  /// A change of one object, as a whole; or a bookmark, whose object has a resourceVersion only.
  record WatchEvent(Type type, ObjectNode object) {
    /// What happened.
    public enum Type {
      ADDED,
      MODIFIED,
      DELETED,
      /// Nothing happened up to this resourceVersion.
      BOOKMARK
    }
  }

  /// A running watch.
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
