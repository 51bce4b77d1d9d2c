package theater.laptop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import theater.laptop.api.http.Extension;
import theater.laptop.api.status.StatusException;
import theater.mesh.explain.diff.ChangeReport;
import theater.mesh.explain.held.Journal;
import theater.mesh.explain.walk.Question;
import theater.mesh.explain.walk.QuestionException;
import theater.mesh.explain.walk.Walker;

/// `/theater/v1/` of a context's API server: `explain`, `changes`, and `arrivals` for other control
/// planes. docs/explain.md tells the parameters.
final class ControlPlaneApi implements Extension {
  static final String PREFIX = "/theater/v1/";
  private static final int MOST_CHANGES = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Journal journal;
  private final Walker walker;

  ControlPlaneApi(Journal journal, Walker walker) {
    this.journal = journal;
    this.walker = walker;
  }

  @Override
  public JsonNode get(String path, Query query) {
    try {
      return switch (path) {
        case "explain" -> explain(query);
        case "changes" -> changes(query);
        case "arrivals" -> arrivals(query);
        default -> null;
      };
    } catch (QuestionException e) {
      throw StatusException.badRequest(e.getMessage());
    }
  }

  private JsonNode explain(Query query) {
    String url = query.first("url");
    String from = query.first("from");
    return JSON.valueToTree(
        walker.explain(url, question(query), from.isEmpty() ? "api-gateway" : from));
  }

  private static Question question(Query query) {
    String method = query.first("method");
    return Question.parse(
        method.isEmpty() ? "GET" : method, query.first("url"), query.all("header"));
  }

  private JsonNode changes(Query query) {
    String text = query.first("last").isEmpty() ? "1" : query.first("last");
    int last = text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
    if (last < 1 || last > MOST_CHANGES) {
      throw StatusException.badRequest("last is \"" + text + "\"; expected 1 to " + MOST_CHANGES);
    }
    List<ChangeReport> reports =
        journal.last(last, query.first("all").equals("true")).stream()
            .map(change -> ChangeReport.of(change, journal))
            .toList();
    ObjectNode answer = JSON.createObjectNode();
    answer.set("changes", JSON.valueToTree(reports));
    return answer;
  }

  private JsonNode arrivals(Query query) {
    ObjectNode answer = JSON.createObjectNode();
    answer.set(
        "arrivals",
        JSON.valueToTree(
            walker.arrivals(query.first("sni"), query.first("identity"), question(query))));
    return answer;
  }
}
