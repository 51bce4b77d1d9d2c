package theater.ui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// JSON of the gateway's events, written by hand as `docs/contracts.md` says.
final class Script {

  private Script() {}

  /// A map that may hold null, unlike `Map.of`.
  static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> made = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      made.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return made;
  }

  static Map<String, Object> byService(int seq, String service, String context, int status) {
    return object(
        "seq",
        seq,
        "time",
        "2026-11-21T10:00:00.123Z",
        "service",
        service,
        "method",
        "GET",
        "path",
        "/users/",
        "status",
        status,
        "durationMs",
        12.3,
        "by",
        "service",
        "context",
        context,
        "pod",
        service + "-" + context + "-pod",
        "canary",
        false,
        "delayed",
        false);
  }

  static Map<String, Object> byEnvoy(
      int seq, String service, String flag, String envoy, int status, String text) {
    Map<String, Object> made = byService(seq, service, null, status);
    made.put("by", "envoy");
    made.put("pod", null);
    made.put("flag", flag);
    made.put("envoy", envoy);
    made.put("text", text);
    return made;
  }

  static Map<String, Object> with(Map<String, Object> json, String name, Object value) {
    Map<String, Object> made = new LinkedHashMap<>(json);
    made.put(name, value);
    return made;
  }

  static Map<String, Object> weights(int ctx1, int ctx2, Object... faults) {
    return object(
        "ctx1",
        ctx1,
        "ctx2",
        ctx2,
        "found",
        true,
        "rule",
        "some-service-vs",
        "canary",
        "ctx2",
        "faults",
        List.of(faults));
  }

  static Map<String, Object> allWeights() {
    return object(
        "user-service", weights(70, 30),
        "movie-service", weights(30, 70),
        "booking-service", weights(50, 50));
  }

  static Map<String, Object> pod(String name, String app, String ip, boolean ready) {
    return object(
        "name",
        name,
        "app",
        app,
        "ready",
        ready,
        "phase",
        "Running",
        "restarts",
        0,
        "node",
        "ctx1-node",
        "ip",
        ip,
        "containers",
        List.of(app, "istio-proxy"),
        "started",
        "2026-11-21T09:00:00Z",
        "message",
        "");
  }

  static Map<String, Object> deployment(Object ctx1, Object ctx2) {
    return object("contexts", object("ctx1", ctx1, "ctx2", ctx2));
  }

  static Map<String, Object> known(List<?> pods, List<?> deployments) {
    return object("known", true, "pods", pods, "deployments", deployments);
  }

  static Map<String, Object> unknown(String reason) {
    return object("known", false, "reason", reason);
  }

  /// Contexts without pods: for tests that look elsewhere.
  static Map<String, Object> nothingDeployed() {
    return deployment(known(List.of(), List.of()), known(List.of(), List.of()));
  }

  static Map<String, Object> snapshot(List<?> answers) {
    return object(
        "answers", answers,
        "weights", allWeights(),
        "deployment", nothingDeployed(),
        "ejections", List.of());
  }

  /// `count` good answers of one context, numbered from `first`.
  static List<Map<String, Object>> good(int first, int count, String service, String context) {
    List<Map<String, Object>> made = new ArrayList<>();
    for (int seq = first; seq < first + count; seq++) {
      made.add(byService(seq, service, context, 200));
    }
    return made;
  }
}
