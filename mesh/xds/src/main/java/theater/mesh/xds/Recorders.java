package theater.mesh.xds;

import java.util.List;
import java.util.function.Consumer;
import theater.mesh.view.MeshView;
import theater.mesh.view.Proxy;

/// Several recorders as one, told in their order.
public record Recorders(List<Recorder> all) implements Recorder {
  @Override
  public void pushed(long number, MeshView view) {
    tell(recorder -> recorder.pushed(number, view));
  }

  @Override
  public void connected(String id, Proxy proxy) {
    tell(recorder -> recorder.connected(id, proxy));
  }

  @Override
  public void kept(String id, ResourceKind kind, List<Versioned> resources) {
    tell(recorder -> recorder.kept(id, kind, resources));
  }

  @Override
  public void sent(
      String id, ResourceKind kind, String nonce, List<Versioned> changed, List<String> removed) {
    tell(recorder -> recorder.sent(id, kind, nonce, changed, removed));
  }

  @Override
  public void answered(String id, ResourceKind kind, String nonce, String refusal) {
    tell(recorder -> recorder.answered(id, kind, nonce, refusal));
  }

  @Override
  public void left(String id) {
    tell(recorder -> recorder.left(id));
  }

  private void tell(Consumer<Recorder> event) {
    all.forEach(event);
  }
}
