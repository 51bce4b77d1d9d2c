package theater.gateway.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import theater.gateway.CinemaService;
import theater.gateway.mesh.ServiceRouting.ActiveFault;

/// Weights, canary and faults of many shapes of VirtualServices.
class RoutingTest {
  private static final Map<CinemaService, URI> UPSTREAMS =
      Map.of(
          CinemaService.USER, URI.create("http://user-service:8081"),
          CinemaService.MOVIE, URI.create("http://movie-service:8082"),
          CinemaService.BOOKING, URI.create("http://booking-service:8083"));
  private static final String TO_CTX1 =
      "{destination: {host: user-service, subset: ctx1}, weight: 70}";
  private static final String TO_CTX2 =
      "{destination: {host: user-service, subset: ctx2}, weight: 30}";
  private static final String BOTH = "route: [" + TO_CTX1 + ", " + TO_CTX2 + "]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {hosts: [user-service], http: [{BOTH}]}                                                                      | {ctx1=70.0, ctx2=30.0}
          {hosts: [user-service.theater-msa], http: [{BOTH}]}                                                          | {ctx1=70.0, ctx2=30.0}
          {hosts: [user-service.theater-msa.svc.cluster.local], http: [{BOTH}]}                                        | {ctx1=70.0, ctx2=30.0}
          {hosts: [x, user-service], http: [{BOTH}]}                                                                   | {ctx1=70.0, ctx2=30.0}
          {hosts: ["*.theater-msa.svc.cluster.local"], http: [{BOTH}]}                                                 | {ctx1=70.0, ctx2=30.0}
          {hosts: [user-service.other], http: [{BOTH}]}                                                                | none
          {hosts: [theater.example], gateways: [istio-system/cp-gateway], http: [{BOTH}]}                              | none
          {hosts: [user-service], gateways: [istio-system/cp-gateway], http: [{BOTH}]}                                 | none
          {hosts: [user-service], gateways: [istio-system/cp-gateway, mesh], http: [{BOTH}]}                           | {ctx1=70.0, ctx2=30.0}
          {hosts: [user-service], exportTo: [other], http: [{BOTH}]}                                                   | none
          {hosts: [user-service], http: [{match: [{uri: {prefix: /}}], BOTH}]}                                         | {ctx1=70.0, ctx2=30.0}
          {hosts: [user-service], http: [{match: [{uri: {prefix: /users}}], BOTH}]}                                    | {ctx1=70.0, ctx2=30.0}
          {hosts: [user-service], http: [{match: [{uri: {prefix: /other}}], route: [TO_CTX1]}, {BOTH}]}                | {ctx1=70.0, ctx2=30.0}
          {hosts: [user-service], http: [{match: [{headers: {x-canary: {exact: "true"}}}], route: [TO_CTX2]}, {BOTH}]} | {ctx1=70.0, ctx2=30.0}
          {hosts: [user-service], http: [{match: [{headers: {x: {exact: y}}}, {uri: {prefix: /}}], route: [TO_CTX2]}, {BOTH}]} | {ctx2=100.0}
          {hosts: [user-service], http: [{match: [{withoutHeaders: {x: {}}}], route: [TO_CTX1]}, {BOTH}]}              | {ctx1=100.0}
          {hosts: [user-service], http: [{match: [{method: {exact: POST}}], route: [TO_CTX1]}, {BOTH}]}                | {ctx1=70.0, ctx2=30.0}
          {hosts: [user-service], http: [{match: [{sourceLabels: {app: booking-service}}], route: [TO_CTX1]}, {BOTH}]} | {ctx1=70.0, ctx2=30.0}
          {hosts: [user-service], http: [{match: [{sourceLabels: {app: api-gateway}}], route: [TO_CTX1]}, {BOTH}]}     | {ctx1=100.0}
          {hosts: [user-service], http: [{match: [{port: 9}], route: [TO_CTX1]}, {BOTH}]}                              | {ctx1=70.0, ctx2=30.0}
          {hosts: [user-service], http: [{match: [{port: 8081}], route: [TO_CTX1]}, {BOTH}]}                           | {ctx1=100.0}
          {hosts: [user-service], http: [{route: [{destination: {host: user-service, subset: ctx1}}]}]}                | {ctx1=100.0}
          {hosts: [user-service], http: [{route: [TO_CTX1, TO_CTX1, TO_CTX2, TO_CTX2]}]}                                        | {ctx1=70.0, ctx2=30.0}
          {hosts: [user-service], http: [{route: [{destination: {host: user-service, subset: new}, weight: 3}, {destination: {host: user-service, subset: ctx1}, weight: 1}]}]} | {ctx1=25.0, ctx2=75.0}
          {hosts: [user-service], http: [{route: [{destination: {host: user-service}}]}]}                              | {}
          {hosts: [user-service], http: [{route: [TO_CTX1, {destination: {host: movie-service}, weight: 30}]}]}        | {ctx1=70.0, other=30.0}
          {hosts: [user-service], http: []}                                                                            | {}
          {hosts: [user-service], tcp: [{route: [TO_CTX1]}]}                                                           | {}
          """)
  void weightsAreThoseOfARequestWithoutHeaders(String spec, String expected) throws IOException {
    ServiceRouting routing =
        read(virtualService("user-service-vs", "2026-01-01T00:00:00Z", spec))
            .of(CinemaService.USER);
    assertThat(routing.rule() == null ? "none" : routing.weights().toString()).isEqualTo(expected);
  }

  @Test
  void oldestOfTwoForTheSameHostActs() throws IOException {
    Routing routing =
        read(
            virtualService(
                "a-new",
                "2026-02-01T00:00:00Z",
                "{hosts: [user-service], http: [{route: [TO_CTX2]}]}"),
            virtualService(
                "z-old",
                "2026-01-01T00:00:00Z",
                "{hosts: [user-service], http: [{route: [TO_CTX1]}]}"));
    assertThat(routing.of(CinemaService.USER).rule()).isEqualTo("z-old");
    assertThat(routing.of(CinemaService.USER).weights()).containsOnlyKeys("ctx1");
  }

  @Test
  void closestHostActsBeforeAnOlderWildcard() throws IOException {
    Routing routing =
        read(
            virtualService(
                "all", "2026-01-01T00:00:00Z", "{hosts: [\"*\"], http: [{route: [TO_CTX2]}]}"),
            virtualService(
                "one",
                "2026-02-01T00:00:00Z",
                "{hosts: [user-service], http: [{route: [TO_CTX1]}]}"));
    assertThat(routing.of(CinemaService.USER).rule()).isEqualTo("one");
    assertThat(routing.of(CinemaService.MOVIE).rule()).isEqualTo("all");
  }

  @Test
  void canaryIsWhereItsHeaderLeads() throws IOException {
    String canary =
        "{hosts: [user-service], http: [{match: [{headers: {x-canary: {exact: \"true\"}}}], route: [TO_CTX2]}, {BOTH}]}";
    ServiceRouting routing =
        read(virtualService("v", "2026-01-01T00:00:00Z", canary)).of(CinemaService.USER);
    assertThat(routing.canary()).isEqualTo("ctx2");
    assertThat(routing.isSpecial(request("x-canary", "true"))).isTrue();
    assertThat(routing.isSpecial(request("x-canary", "false"))).isFalse();
    assertThat(
            read(virtualService(
                    "v", "2026-01-01T00:00:00Z", "{hosts: [user-service], http: [{BOTH}]}"))
                .of(CinemaService.USER)
                .canary())
        .isNull();
  }

  @Test
  void faultsAreThoseThatActOnAShareOfRequests() throws IOException {
    String spec =
        "{hosts: [user-service], http: [{fault: {delay: {percentage: {value: 30}, fixedDelay: 3s}, abort: {percentage: {value: 0.5}, httpStatus: 500}}, BOTH}]}";
    Routing routing = read(virtualService("v", "2026-01-01T00:00:00Z", spec));
    assertThat(routing.of(CinemaService.USER).faults())
        .containsExactly(
            new ActiveFault(new Fault.Delay(30, 3000), null),
            new ActiveFault(new Fault.Abort(0.5, 500), null));
    assertThat(TrafficWeights.json(routing, null).path("user-service").toString())
        .isEqualTo(
            "{\"ctx1\":70,\"ctx2\":30,\"found\":true,\"rule\":\"v\",\"canary\":null,\"faults\":[{\"kind\":\"delay\",\"percent\":30,\"delayMs\":3000},{\"kind\":\"abort\",\"percent\":0.5,\"status\":500}]}");
    assertThat(TrafficWeights.json(routing, null).path("movie-service").toString())
        .isEqualTo(
            "{\"ctx1\":null,\"ctx2\":null,\"found\":false,\"rule\":null,\"canary\":null,\"faults\":[]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [{headers: {x-target: {exact: ctx2}}}]                                          | x-target: ctx2
          [{headers: {x-target: {exact: ctx2}, b: {prefix: v}}, method: {exact: POST}}]   | x-target: ctx2 + b: v… + POST
          [{headers: {a: {}}}, {withoutHeaders: {b: {regex: "x.*"}}, uri: {exact: /no}}]  | `a | !b: ~ x.* + /no`
          [{queryParams: {q: {exact: "1"}}}, {sourceLabels: {app: booking-service}}]      | ?q: 1
          """)
  void faultOfARuleWithConditionsNamesThem(String match, String words) throws IOException {
    String spec =
        "{hosts: [user-service], http: [{match: MATCH, fault: {abort: {percentage: {value: 90}, httpStatus: 503}}, route: [TO_CTX2]}, {fault: {delay: {percentage: {value: 30}, fixedDelay: 1s}}, BOTH}]}"
            .replace("MATCH", match);
    Routing routing = read(virtualService("v", "2026-01-01T00:00:00Z", spec));
    assertThat(routing.of(CinemaService.USER).faults())
        .containsExactly(
            new ActiveFault(new Fault.Delay(30, 1000), null),
            new ActiveFault(new Fault.Abort(90, 503), words));
    assertThat(TrafficWeights.json(routing, null).at("/user-service/faults/1/match").asText())
        .isEqualTo(words);
  }

  @Test
  void faultThatNoRequestOfTheGatewayMeetsIsLeftOut() throws IOException {
    String fault = "fault: {abort: {percentage: {value: 90}, httpStatus: 503}}, route: [TO_CTX2]";
    String spec =
        ("{hosts: [user-service], http: ["
                + "{match: [{sourceLabels: {app: booking-service}}], FAULT}, {BOTH},"
                + " {match: [{headers: {x: {exact: y}}}], FAULT}]}")
            .replace("FAULT", fault);
    assertThat(
            read(virtualService("v", "2026-01-01T00:00:00Z", spec)).of(CinemaService.USER).faults())
        .isEmpty();
  }

  @Test
  void faultWithoutPercentageActsOnNobody() throws IOException {
    String spec = "{hosts: [user-service], http: [{fault: {delay: {fixedDelay: 3s}}, BOTH}]}";
    assertThat(
            read(virtualService("v", "2026-01-01T00:00:00Z", spec)).of(CinemaService.USER).faults())
        .isEmpty();
  }

  @Test
  void delayIsProbableOnlyForTheRuleThatTheRequestMet() throws IOException {
    String spec =
        "{hosts: [user-service], http: [{match: [{headers: {x-target: {exact: ctx2}}}], fault: {delay: {percentage: {value: 70}, fixedDelay: 2s}}, route: [TO_CTX2]}, {BOTH}]}";
    ServiceRouting routing =
        read(virtualService("v", "2026-01-01T00:00:00Z", spec)).of(CinemaService.USER);
    assertThat(routing.mayBeDelayed(request("x-target", "ctx2"), 2000)).isTrue();
    assertThat(routing.mayBeDelayed(request("x-target", "ctx2"), 1999)).isFalse();
    assertThat(routing.mayBeDelayed(request("x-target", "ctx1"), 5000)).isFalse();
  }

  @Test
  void unknownRulesSayWhy() {
    assertThat(TrafficWeights.json(null, "Connection refused").path("booking-service").toString())
        .isEqualTo(
            "{\"ctx1\":null,\"ctx2\":null,\"found\":false,\"unknown\":true,\"reason\":\"Connection refused\",\"rule\":null,\"canary\":null,\"faults\":[]}");
  }

  private static MeshRequest request(String header, String value) {
    return new MeshRequest(
        "GET",
        "/users/",
        "user-service:8081",
        name -> name.equalsIgnoreCase(header) ? value : null);
  }

  private static Routing read(JsonNode... virtualServices) throws IOException {
    JsonNode destinationRule =
        new YAMLMapper()
            .readTree(
                "{metadata: {name: user-service-dr, creationTimestamp: x}, spec: {host: user-service, subsets: [{name: ctx1, labels: {cluster: ctx1}}, {name: ctx2, labels: {cluster: ctx2}}, {name: new, labels: {cluster: ctx2}}]}}");
    return Routing.read(
        new ArrayList<>(List.of(virtualServices)),
        List.of(destinationRule),
        "theater-msa",
        Map.of("app", "api-gateway"),
        UPSTREAMS);
  }

  private static JsonNode virtualService(String name, String created, String spec)
      throws IOException {
    String full =
        spec.replace("{BOTH}", "{" + BOTH + "}")
            .replace(", BOTH}", ", " + BOTH + "}")
            .replace("TO_CTX1", TO_CTX1)
            .replace("TO_CTX2", TO_CTX2);
    return new YAMLMapper()
        .readTree(
            "{metadata: {name: "
                + name
                + ", creationTimestamp: \""
                + created
                + "\"}, spec: "
                + full
                + "}");
  }
}
