package theater.laptop.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import theater.kube.KubeApi;
import theater.kube.ResourceType;
import theater.laptop.node.TokenSource;

/// Asks the API server for tokens (Kubernetes: TokenRequest, a subresource of the account).
record ApiTokens(KubeApi api) implements TokenSource {

  @Override
  public String token(String namespace, String serviceAccount) {
    ResourceType request =
        new ResourceType(
            "", "v1", "serviceaccounts/" + serviceAccount + "/token", "TokenRequest", true);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenRequest");
    body.putObject("metadata").put("namespace", namespace).put("name", serviceAccount);
    body.putObject("spec").putArray("audiences");
    String token = api.create(request, body).path("status").path("token").asText();
    if (token.isEmpty()) {
      throw new IllegalStateException(
          "the API server gave no token for " + namespace + "/" + serviceAccount);
    }
    return token;
  }
}
