package theater.mesh.translation.memo;

import java.util.HashMap;
import java.util.Map;

/// The results that one proxy was given for one view, so that it does not ask for them twice. What
/// does not depend on the proxy itself is there for all proxies of its place.
public final class Seen {
  private final Map<Unit<?>, Kept<?>> shared;
  private final Map<Unit<?>, Kept<?>> own = new HashMap<>();

  /// @param shared of all proxies that stand in the same place and look at the same view
  public Seen(Map<Unit<?>, Kept<?>> shared) {
    this.shared = shared;
  }

  /// The result, or null.
  @SuppressWarnings("unchecked") // a unit's result is kept under the unit
  <T> Kept<T> get(Unit<T> unit) {
    Kept<?> found = shared.get(unit);
    return (Kept<T>) (found == null ? own.get(unit) : found);
  }

  void put(Unit<?> unit, Kept<?> kept) {
    (Root.PROXY.in(kept.roots()) ? own : shared).put(unit, kept);
  }
}
