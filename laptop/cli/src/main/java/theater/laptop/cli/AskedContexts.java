package theater.laptop.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import theater.kube.HttpKubeApi;
import theater.kube.KubeException;
import theater.kube.KubeUnavailableException;
import theater.mesh.explain.walk.Explanation.Arrival;
import theater.mesh.explain.walk.OtherContexts;
import theater.mesh.explain.walk.Question;

/// Asks the control planes of other contexts, with the instance's own credentials.
record AskedContexts(Map<String, HttpKubeApi> apis) implements OtherContexts {
  private static final Logger LOG = System.getLogger(AskedContexts.class.getName());
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public List<Arrival> arrive(String context, String sni, String identity, Question question) {
    HttpKubeApi api = apis.get(context);
    if (api == null) {
      return List.of();
    }
    StringBuilder path = new StringBuilder(ControlPlaneApi.PREFIX).append("arrivals?sni=");
    path.append(encode(sni)).append("&identity=").append(encode(identity));
    path.append("&method=").append(encode(question.method()));
    path.append("&url=").append(encode(question.url()));
    question.headerLines().forEach(line -> path.append("&header=").append(encode(line)));
    try {
      List<Arrival> result = new ArrayList<>();
      for (JsonNode one : api.get(path.toString()).path("arrivals")) {
        result.add(arrival(one));
      }
      return result;
    } catch (KubeException | KubeUnavailableException | JsonProcessingException e) {
      LOG.log(Level.DEBUG, "{0} does not tell what happens there: {1}", context, e.getMessage());
      return List.of();
    }
  }

  private static Arrival arrival(JsonNode json) throws JsonProcessingException {
    Arrival read = JSON.treeToValue(json, Arrival.class);
    return new Arrival(
        read.context(),
        read.pod() == null ? "" : read.pod(),
        read.verdict(),
        read.steps() == null ? List.of() : read.steps());
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
