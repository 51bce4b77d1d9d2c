package theater.laptop.istioctl;

import java.util.Set;

/// `proxy-config log`: shows the levels of an Envoy's loggers, and sets them.
record Loggers(Admin admin) {
  private static final Set<String> LEVELS =
      Set.of("trace", "debug", "info", "warning", "warn", "error", "critical", "off");
  private static final String NORMAL = "warning";

  /// `--level debug`, `--level http:debug,rbac:debug`, `--reset`.
  String answer(ProxyPod pod, Question question) {
    String wanted = question.flag("reset") ? NORMAL : question.option("level", "");
    String answer = wanted.isEmpty() ? admin.ask("POST", "/logging") : "";
    for (String one : wanted.isEmpty() ? new String[0] : wanted.split(",")) {
      String[] parts = one.split("[:=]", 2);
      String level = parts[parts.length - 1];
      if (!LEVELS.contains(level)) {
        throw new Refusal("istioctl.level", level);
      }
      String logger = parts.length == 1 ? "level" : parts[0];
      if (!logger.matches("[a-z0-9_.]+")) {
        throw new Refusal("istioctl.logger", logger);
      }
      String name = level.equals("warn") ? NORMAL : level;
      answer = admin.ask("POST", "/logging?" + logger + "=" + name);
    }
    return pod.name() + "." + pod.namespace() + ":\n" + answer;
  }
}
