package theater.mesh.translation.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import theater.mesh.translation.Cinema;

/// What the mesh says about Gateways and routes, in Istio's words.
class StatusTest {
  private static final String GATEWAY =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: web, namespace: istio-system}
      spec:
        gatewayClassName: istio
        addresses: [{type: Hostname, value: istio-ingressgateway}]
        listeners:
        - {name: http, port: 80, protocol: HTTP, hostname: "*.example.com", allowedRoutes: {namespaces: {from: All}}}
        - {name: tls, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: none}]}}
        - {name: tcp, port: 6379, protocol: TCP}
      ---
      """;

  @Test
  void routesAreTakenOrToldWhyNot() {
    String status =
        all(
            GATEWAY
                + route("good", "one.example.com", "user-service")
                + route("elsewhere", "one.example.org", "user-service")
                + route("lost", "one.example.com", "nobody"));

    assertThat(status)
        .contains(
            "HTTPRoute good Accepted True Accepted Route was valid",
            "HTTPRoute good ResolvedRefs True ResolvedRefs All references resolved",
            "HTTPRoute elsewhere Accepted False NotAllowedByListeners hostnames matched parent hostname \"\", but namespace \"theater-msa\" is not allowed by the parent; hostnames matched parent hostname \"\", but namespace \"theater-msa\" is not allowed by the parent",
            "HTTPRoute lost ResolvedRefs False BackendNotFound backend(nobody.theater-msa.svc.cluster.local) not found");
  }

  @Test
  void listenersTellWhatTheyCanNot() {
    String status = all(GATEWAY + route("good", "one.example.com", "user-service"));

    assertThat(status)
        .contains(
            "Gateway web Accepted True Accepted Resource accepted",
            "Gateway web Programmed False AddressNotAssigned Failed to assign to any requested addresses: no instances found for hostname \"istio-ingressgateway.istio-system.svc.cluster.local\"",
            "http 1 [HTTPRoute, GRPCRoute]",
            "tls 0 [HTTPRoute, GRPCRoute]",
            "ResolvedRefs False InvalidCertificateRef invalid certificate reference /Secret/none., secret istio-system/none not found",
            "tcp 0 [TCPRoute]",
            "Accepted False UnsupportedProtocol protocol \"TCP\" is supported, but only when PILOT_ENABLE_ALPHA_GATEWAY_API=true is configured");
  }

  @Test
  void aServiceOfTheMeshIsAParent() {
    String http = route("mesh", "", "user-service");
    String status =
        all(
            http.replace(
                    "{name: web, namespace: istio-system}",
                    "{group: \"\", kind: Service, name: user-service}")
                + http.replace("name: mesh", "name: other")
                    .replace(
                        "{name: web, namespace: istio-system}",
                        "{group: \"\", kind: Service, name: nobody}"));

    assertThat(status)
        .contains(
            "HTTPRoute mesh Accepted True Accepted Route was valid",
            "HTTPRoute other Accepted False NoMatchingParent parent service: \"nobody\" not found");
  }

  @Test
  void gatewaysOfOtherControllersAreNotSpokenOf() {
    assertThat(all(GATEWAY.replace("gatewayClassName: istio", "gatewayClassName: other")))
        .isEmpty();
  }

  private static String route(String name, String host, String backend) {
    return """
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: %s}
    spec:
      parentRefs: [{name: web, namespace: istio-system}]
      hostnames: [%s]
      rules: [{backendRefs: [{name: %s, port: 8081}]}]
    ---
    """
        .formatted(name, host, backend);
  }

  private static String all(String yaml) {
    List<String> lines = new ArrayList<>();
    for (ObjectStatus one : GatewayApi.statuses(Cinema.view(Cinema.objects(yaml)))) {
      String object = one.object().kind() + " " + one.object().name();
      conditions(object, one.status(), lines);
      one.status().path("parents").forEach(parent -> conditions(object, parent, lines));
      for (JsonNode listener : one.status().path("listeners")) {
        List<String> kinds = listener.path("supportedKinds").findValuesAsText("kind");
        lines.add(
            listener.path("name").asText()
                + " "
                + listener.path("attachedRoutes").asText()
                + " "
                + kinds);
        conditions("listener", listener, lines);
      }
    }
    return String.join("\n", lines);
  }

  private static void conditions(String object, JsonNode status, List<String> lines) {
    for (JsonNode condition : status.path("conditions")) {
      lines.add(
          "%s %s %s %s %s"
              .formatted(
                  object,
                  condition.path("type").asText(),
                  condition.path("status").asText(),
                  condition.path("reason").asText(),
                  condition.path("message").asText()));
    }
  }
}
