package theater.laptop.node;

import java.time.Duration;

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
}
