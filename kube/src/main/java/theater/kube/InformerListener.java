package theater.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Is told what an [Informer] sees. The objects are shared: not to be changed.
public interface InformerListener {

  default void added(ObjectNode object) {}

  default void modified(ObjectNode before, ObjectNode now) {}

  /// @param object as it was last known
  default void deleted(ObjectNode object) {}

  /// The first list has been told, as additions. Told once.
  default void synced() {}

  /// Runs the same thing for every news.
  static InformerListener always(Runnable changed) {
    return new InformerListener() {
      @Override
      public void added(ObjectNode object) {
        changed.run();
      }

      @Override
      public void modified(ObjectNode before, ObjectNode now) {
        changed.run();
      }

      @Override
      public void deleted(ObjectNode object) {
        changed.run();
      }

      @Override
      public void synced() {
        changed.run();
      }
    };
  }
}
