package theater.laptop.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import theater.kube.Meta;

/// Whether a container that ended is started again (Kubernetes: PodSpec.restartPolicy). Pure.
final class RestartRule {
  private RestartRule() {}

  /// @param policy `Always`, `OnFailure` or `Never`
  /// @param init an init container is done when it succeeds
  static boolean again(String policy, boolean init, int exitCode) {
    if (init) {
      return exitCode != 0 && !policy.equals("Never");
    }
    return policy.equals("Always") || (policy.equals("OnFailure") && exitCode != 0);
  }

  /// `10s`, `2m40s`
  static String shown(Duration wait) {
    long seconds = wait.toSeconds();
    return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
  }

  /// The state of a container that waits for its restart.
  static ObjectNode state(Duration wait, String container, JsonNode pod) {
    return ContainerState.waiting(
        "CrashLoopBackOff",
        "back-off "
            + shown(wait)
            + " restarting failed container="
            + container
            + " pod="
            + who(pod));
  }

  /// The message of the event BackOff.
  static String event(String container, JsonNode pod) {
    return "Back-off restarting failed container " + container + " in pod " + who(pod);
  }

  private static String who(JsonNode pod) {
    return Meta.name(pod) + "_" + Meta.namespace(pod) + "(" + Meta.uid(pod) + ")";
  }
}
