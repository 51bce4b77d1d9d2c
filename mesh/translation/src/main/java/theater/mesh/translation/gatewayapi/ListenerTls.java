package theater.mesh.translation.gatewayapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.Credential;

/// A listener's TLS as Istio's server.tls. Istio's own modes stand in the option
/// `gateway.istio.io/tls-terminate-mode`.
final class ListenerTls {
  private static final String MODE = "gateway.istio.io/tls-terminate-mode";
  private static final String CIPHERS = "gateway.istio.io/tls-cipher-suites";
  private static final int MOST_CERTIFICATES = 2;

  private final List<Credential> credentials;
  private final References references;

  ListenerTls(List<Credential> credentials, References references) {
    this.credentials = credentials;
    this.references = references;
  }

  /// What is wrong goes into the list; the listener does not act then.
  ObjectNode of(Rule gateway, SpecNode tls, List<RouteError> errors) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    if (tls.at("mode").textOr("Terminate").equals("Passthrough")) {
      return result.put("mode", "PASSTHROUGH");
    }
    String mode = tls.at("options").at(MODE).textOr("");
    boolean known = List.of("MUTUAL", "OPTIONAL_MUTUAL", "ISTIO_MUTUAL").contains(mode);
    result.put("mode", known ? mode : "SIMPLE");
    if (mode.equals("ISTIO_MUTUAL")) {
      return result;
    }
    certificates(gateway, tls.at("certificateRefs").items(), result, errors);
    tls.at("options")
        .at(CIPHERS)
        .text()
        .ifPresent(text -> {
          ArrayNode list = result.putArray("cipherSuites");
          for (String cipher : text.split(",")) {
            list.add(cipher.strip());
          }
        });
    return result;
  }

  private void certificates(
      Rule gateway, List<SpecNode> written, ObjectNode result, List<RouteError> errors) {
    if (written.size() > MOST_CERTIFICATES) {
      errors.add(bad("TLS mode can only support up to 2 server certificates"));
      return;
    }
    List<String> names = new ArrayList<>();
    List<RouteError> found = new ArrayList<>();
    written.forEach(reference -> certificate(gateway, reference, names, found));
    if (names.isEmpty()) {
      errors.addAll(found);
    } else if (names.size() == 1) {
      result.put("credentialName", names.getFirst());
    } else {
      ArrayNode list = result.putArray("credentialNames");
      names.forEach(list::add);
    }
  }

  private void certificate(
      Rule gateway, SpecNode reference, List<String> names, List<RouteError> errors) {
    String group = reference.at("group").textOr("");
    String kind = reference.at("kind").textOr("Secret");
    String name = reference.at("name").textOr("");
    String own = reference.at("namespace").textOr("");
    String namespace = own.isEmpty() ? gateway.namespace() : own;
    String shown = group + "/" + kind + "/" + name + "." + own;
    if (!group.isEmpty() || !kind.equals("Secret")) {
      errors.add(bad("invalid certificate reference " + shown + ", only secret is allowed"));
    } else if (credentials.stream()
        .noneMatch(held ->
            held.namespace().equals(namespace)
                && held.name().equals(name)
                && held.certificate().isPresent())) {
      errors.add(
          bad(
              "invalid certificate reference %s, secret %s/%s not found"
                  .formatted(shown, namespace, name)));
    } else if (!references.allowed(
        "Gateway", gateway.namespace(), reference, "Secret", namespace)) {
      errors.add(
          RouteError.broken(
              "RefNotPermitted",
              "certificateRef %s/%s not accessible to a Gateway in namespace \"%s\" (missing a ReferenceGrant?)"
                  .formatted(name, namespace, gateway.namespace())));
    } else {
      names.add("kubernetes-gateway://" + namespace + "/" + name);
    }
  }

  private static RouteError bad(String message) {
    return RouteError.broken("InvalidCertificateRef", message);
  }
}
