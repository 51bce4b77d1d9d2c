package theater.laptop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import theater.kube.Meta;
import theater.laptop.api.admission.Admission;
import theater.mesh.view.Endpoint;
import theater.mesh.view.MeshView;

/// Tells that a Gateway names a Secret that is not there: until it is, every TLS handshake fails.
/// Istio says so in its log only.
final class CredentialAdmission implements Admission {
  private final Supplier<Optional<MeshView>> seen;
  private final Messages messages;

  /// @param seen the newest view; empty before the first
  CredentialAdmission(Supplier<Optional<MeshView>> seen, Messages messages) {
    this.seen = seen;
    this.messages = messages;
  }

  @Override
  public Review review(ObjectNode object) {
    MeshView view = seen.get().orElse(null);
    if (view == null
        || !object.path("kind").asText().equals("Gateway")
        || !object.path("apiVersion").asText().startsWith("networking.istio.io/")) {
      return Review.FINE;
    }
    Set<String> namespaces = namespaces(view, Meta.texts(object.path("spec").path("selector")));
    List<String> warnings = new ArrayList<>();
    JsonNode servers = object.path("spec").path("servers");
    for (int i = 0; i < servers.size(); i++) {
      JsonNode tls = servers.path(i).path("tls");
      Set<String> names = new LinkedHashSet<>();
      names.add(tls.path("credentialName").asText(""));
      tls.path("credentialNames").forEach(name -> names.add(name.asText("")));
      for (String name : names) {
        for (String namespace : namespaces) {
          if (!name.isEmpty() && !name.contains("://") && !known(view, namespace, name)) {
            warnings.add(messages.text("admission.secret", i, namespace, name));
          }
        }
      }
    }
    return new Review(null, warnings);
  }

  /// Where the gateway's pods are: Secrets are looked for beside them.
  private static Set<String> namespaces(MeshView view, Map<String, String> selector) {
    Set<String> result = new LinkedHashSet<>();
    for (Endpoint endpoint : view.endpoints()) {
      if (endpoint.context().equals(view.context())
          && endpoint.workload().labels().entrySet().containsAll(selector.entrySet())) {
        result.add(endpoint.workload().namespace());
      }
    }
    return result;
  }

  private static boolean known(MeshView view, String namespace, String name) {
    return view.credentials().stream()
        .anyMatch(held ->
            held.namespace().equals(namespace)
                && held.name().equals(name)
                && held.certificate().isPresent());
  }
}
