package theater.mesh.translation.memo;

import java.util.List;

/// An immutable object as an answer: the same object, not an equal one.
public record Same(Object object) {

  /// The same objects in the same order.
  public static List<Same> each(List<?> objects) {
    return objects.stream().map(Same::new).toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Same same && same.object == object;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(object);
  }
}
