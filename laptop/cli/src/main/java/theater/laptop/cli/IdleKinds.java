package theater.laptop.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import theater.laptop.api.admission.Admission;

/// Tells of objects that this cluster keeps and shows, but that nothing acts on: a learner would
/// wait in vain for what a real cluster does with them.
final class IdleKinds implements Admission {
  private static final Set<String> GROUPS =
      Set.of(
          "v1",
          "admissionregistration.k8s.io/v1",
          "apps/v1",
          "batch/v1",
          "networking.k8s.io/v1",
          "scheduling.k8s.io/v1",
          "storage.k8s.io/v1",
          "discovery.k8s.io/v1");
  private final Messages messages;

  IdleKinds(Messages messages) {
    this.messages = messages;
  }

  @Override
  public Review review(ObjectNode object) {
    String kind = object.path("kind").asText();
    String key = "idle." + kind;
    if (!GROUPS.contains(object.path("apiVersion").asText())
        || !messages.bundle().containsKey(key)) {
      return Review.FINE;
    }
    return new Review(null, List.of(messages.text("idle", kind, messages.text(key))));
  }
}
