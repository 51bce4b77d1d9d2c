package theater.laptop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import theater.kube.KubeApi;
import theater.kube.KubeException;
import theater.kube.ResourceTypes;
import theater.mesh.explain.walk.Onward;
import theater.mesh.explain.walk.Question;
import theater.mesh.view.Workload;

/// The api-gateway passes on what is no page: `/users…` goes to the URL in its pod's variable
/// `USER_SERVICE_URL`, and so on (docs/contracts.md).
record PassedOn(KubeApi api) implements Onward {
  private static final Map<String, String> VARIABLES =
      Map.of(
          "users", "USER_SERVICE_URL",
          "movies", "MOVIE_SERVICE_URL",
          "bookings", "BOOKING_SERVICE_URL");
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "users", "http://user-service:8081",
          "movies", "http://movie-service:8082",
          "bookings", "http://booking-service:8083");

  @Override
  public Optional<Question> of(Workload program, Question question) {
    String[] parts = question.path().split("[/?]", -1);
    if (!"api-gateway".equals(program.labels().get("app"))
        || parts.length < 2
        || !VARIABLES.containsKey(parts[1])) {
      return Optional.empty();
    }
    Question target = Question.parse("GET", url(program, parts[1]), java.util.List.of());
    return Optional.of(question.to(target.host(), target.port(), question.path()));
  }

  private String url(Workload program, String first) {
    try {
      JsonNode pod = api.get(ResourceTypes.POD, program.namespace(), program.name());
      for (JsonNode container : pod.path("spec").path("containers")) {
        for (JsonNode variable : container.path("env")) {
          if (variable.path("name").asText().equals(VARIABLES.get(first))
              && variable.path("value").asText().startsWith("http://")) {
            return variable.path("value").asText();
          }
        }
      }
    } catch (KubeException _) {
      // The pod has just gone: its successor has the same variables as a rule.
    }
    return DEFAULTS.get(first);
  }
}
