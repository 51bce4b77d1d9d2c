package theater.acceptance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import theater.visitor.Await;
import theater.visitor.Theater;

/// `theater explain` and `theater diff` of a running theater, and rules to ask them about.
record Explained(Theater theater) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SOON = Duration.ofSeconds(60);

  JsonNode explain(String... arguments) {
    List<String> words = new ArrayList<>(List.of("explain", "--json"));
    words.addAll(List.of(arguments));
    return json(theater.theater(words.toArray(String[]::new)).ok().out());
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("expected JSON, got " + text, e);
    }
  }

  JsonNode users(String path, String... headers) {
    List<String> words = new ArrayList<>(List.of("GET", "http://user-service:8081" + path));
    for (int i = 0; i < headers.length; i += 2) {
      words.add("-H");
      words.add(headers[i] + ": " + headers[i + 1]);
    }
    return explain(words.toArray(String[]::new)).path("legs").get(0);
  }

  /// Rules for user-service, with two subsets by context.
  void rules(String http) {
    String yaml =
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: user-service-vs}
        spec:
          hosts: [user-service]
          http:
        """
            + http.indent(2);
    theater.ctx1().apply(yaml).ok();
    taken("virtualservice", "user-service-vs");
  }

  /// Waits until every Envoy of ctx1 has taken an object as it is now.
  void taken(String type, String name) {
    String version = theater.ctx1().field(type + "/" + name, ".metadata.resourceVersion");
    Await.until("all Envoys have taken " + name, SOON, () -> allTook(version));
  }

  private boolean allTook(String version) {
    JsonNode changes =
        json(theater.theater("diff", "--context", "ctx1", "--last", "5", "--json").ok().out());
    for (JsonNode change : changes) {
      if (change.path("objects").findValuesAsText("resourceVersion").contains(version)) {
        return change.path("proxies").findValues("taken").stream()
            .allMatch(taken -> taken.asDouble() >= 0);
      }
    }
    return false;
  }

  /// Pods that the explanation leaves, in this context; a context's name for the other's gateway.
  static Set<String> targets(JsonNode leg) {
    Set<String> result = new TreeSet<>();
    leg.path("branches")
        .forEach(branch ->
            branch
                .path("targets")
                .forEach(it -> {
                  if (it.path("used").asBoolean()) {
                    result.add(it.path("name").asText());
                  }
                }));
    return result;
  }
}
