package theater.laptop.node.exec;

/// What runs on this node.
@FunctionalInterface
public interface Containers {
  /// @throws StreamRefusal when it does not run now
  RunningContainer running(String podUid, String container) throws StreamRefusal;
}
