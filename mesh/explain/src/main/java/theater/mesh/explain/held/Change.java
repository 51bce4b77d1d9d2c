package theater.mesh.explain.held;

import java.time.Instant;
import java.util.List;
import theater.mesh.view.Workload;

/// Objects that were written together, and what came of it.
///
/// @param number counts from 1 since the control plane started
/// @param pushed when the new view came into force
/// @param proxies the Envoys that were sent something
public record Change(
    long number, Instant pushed, List<ObjectChange> objects, List<ProxyChange> proxies) {

  public Change {
    objects = List.copyOf(objects);
    proxies = List.copyOf(proxies);
  }

  /// One Envoy's part in it.
  public record ProxyChange(String id, Workload workload, List<Step> steps) {
    public ProxyChange {
      steps = List.copyOf(steps);
    }
  }

  /// Whether somebody wrote an object, in contrast to pods that come and go.
  public boolean written() {
    return objects.stream().anyMatch(ObjectChange::written);
  }

  /// When the last of its objects was written; when it was pushed, if that is not known.
  public Instant began() {
    return objects.stream()
        .map(ObjectChange::at)
        .filter(at -> at != null)
        .max(Instant::compareTo)
        .orElse(pushed);
  }
}
