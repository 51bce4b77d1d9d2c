package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import theater.kube.KubeTime;

/// What a container's status from before a restart of the node means for its next start. Pure.
///
/// @param done an init container that need not run again: its state; else null
record ContainerHistory(int restarts, ObjectNode lastState, ObjectNode done) {

  /// A process that ran before has ended with the node; nobody saw how.
  ///
  /// @param before an entry of containerStatuses, or an empty object
  static ContainerHistory of(JsonNode before, boolean init, Instant now) {
    int restarts = before.path("restartCount").asInt();
    ObjectNode last =
        before.path("lastState").isObject()
            ? before.path("lastState").deepCopy()
            : JsonNodeFactory.instance.objectNode();
    JsonNode state = before.path("state");
    if (init && state.path("terminated").path("exitCode").asInt(1) == 0) {
      return new ContainerHistory(restarts, last, state.deepCopy());
    }
    String id = before.path("containerID").asText();
    if (state.has("running")) {
      Instant since = KubeTime.instant(state.path("running").path("startedAt"), now);
      ObjectNode ended =
          ContainerState.terminated(255, "Unknown", "the node was restarted", since, now, id);
      return new ContainerHistory(restarts + 1, ended, null);
    }
    return new ContainerHistory(id.isEmpty() ? restarts : restarts + 1, last, null);
  }
}
