package theater.gateway.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// The page's view of pods and deployments, `GET /deployment-status`. What is not known says why.
final class DeploymentStatus {
  private DeploymentStatus() {}

  static ObjectNode json(List<ContextPods> contexts) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode all = json.putObject("contexts");
    for (ContextPods context : contexts) {
      ObjectNode one = all.putObject(context.context());
      one.put("known", context.reason() == null);
      if (context.reason() != null) {
        one.put("reason", context.reason());
        continue;
      }
      ArrayNode pods = one.putArray("pods");
      context.pods().forEach(pod -> PodJson.write(pod, pods.addObject()));
      ArrayNode deployments = one.putArray("deployments");
      for (JsonNode deployment : context.deployments()) {
        deployments
            .addObject()
            .put("name", deployment.path("metadata").path("name").asText())
            .put("ready", deployment.path("status").path("readyReplicas").asLong())
            .put("desired", deployment.path("spec").path("replicas").asLong(1));
      }
    }
    return json;
  }
}
