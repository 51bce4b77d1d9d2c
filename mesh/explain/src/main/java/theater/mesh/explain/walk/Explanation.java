package theater.mesh.explain.walk;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import theater.mesh.explain.walk.Conditions.Condition;

/// The way of a request, as far as configuration decides it. What is drawn by lot (weights, shares
/// of faults) is told with all its branches. Texts in it are names and values; sentences are made
/// where they are shown.
///
/// @param legs usually one; through the ingress gateway a program passes the request on, and there
///   are more
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Explanation(String method, String url, Map<String, String> headers, List<Leg> legs) {

  /// From one Envoy to the program behind the next.
  ///
  /// @param listener `127.1.4.12_8081`; empty when no listener takes it, see [#outcomes]
  /// @param refused resources that this Envoy refused: it goes on with what it had before
  /// @param waiting whether an answer of this Envoy is still awaited
  /// @param rules the routes of the virtual host, in order, up to the one that took it
  /// @param omitted rules of the object that this Envoy has no route for
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Leg(
      Caller caller,
      String dialled,
      String listener,
      String routes,
      String virtualHost,
      String domain,
      List<Rule> rules,
      List<Omitted> omitted,
      Action action,
      List<Branch> branches,
      List<Refusal> refused,
      boolean waiting,
      List<Outcome> outcomes) {}

  /// Whose Envoy it is.
  ///
  /// @param others further pods that the name means; their Envoys have the same rules
  public record Caller(
      String name, String context, String namespace, String pod, List<String> others) {}

  /// A resource that the Envoy did not take.
  public record Refusal(String kind, String name, String reason, String text) {}

  /// A route that was looked at.
  ///
  /// @param object `VirtualService theater-msa/user-service-vs`; empty for Envoy's own default
  /// @param path `spec.http[1]`
  /// @param match `spec.http[1].match[0]`; may be empty
  /// @param line in the file that was given; 0 when not known
  public record Rule(
      int number,
      String name,
      String object,
      String path,
      String match,
      String root,
      int line,
      boolean taken,
      List<Condition> conditions) {}

  /// A rule that does not exist for this Envoy.
  ///
  /// @param reason not-for-this-caller or behind-catch-all
  public record Omitted(String object, String path, String reason) {}

  /// What the route does. Absent parts are null.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Action(
      Redirect redirect,
      DirectResponse directResponse,
      Delay delay,
      Abort abort,
      String timeout,
      Retries retries,
      Rewrite rewrite,
      List<Mirror> mirrors,
      List<String> headers,
      String hash,
      boolean cors) {}

  /// An answer "look there".
  public record Redirect(int status, String location) {}

  /// An answer by the Envoy itself.
  public record DirectResponse(int status, String body) {}

  /// @param percent share of requests
  public record Delay(double percent, String time) {}

  /// @param status HTTP; 200 with a gRPC status in it for gRPC
  public record Abort(double percent, int status, String grpc) {}

  /// @param perTry empty for none
  public record Retries(
      int attempts, String on, List<Integer> codes, String perTry, boolean otherHost) {}

  /// What changes before the request goes on; empty parts stay.
  public record Rewrite(String path, String host) {}

  /// A copy whose answer is thrown away.
  public record Mirror(double percent, String cluster) {}

  /// One of the clusters that the lot may fall on.
  ///
  /// @param percent share among the branches
  /// @param path of its destination, `spec.http[1].route[0]`
  /// @param exists false: no such cluster, 503 NC
  /// @param subsetOf the object that makes the subset
  /// @param policyOf the object whose trafficPolicy acts
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Branch(
      String cluster,
      double percent,
      String path,
      int line,
      String host,
      int port,
      String subset,
      boolean exists,
      String subsetOf,
      String policyOf,
      Map<String, String> settings,
      boolean panic,
      List<Target> targets,
      List<Arrival> arrivals) {}

  /// An endpoint.
  ///
  /// @param kind pod, gateway (another network's) or address
  /// @param name the pod, or the gateway's context
  /// @param ejected by outlier detection, now, in this Envoy
  /// @param used whether it may be drawn
  /// @param behind pods behind the gateway
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Target(
      String kind,
      String name,
      String context,
      String address,
      boolean mutual,
      int priority,
      int weight,
      boolean ejected,
      String health,
      boolean used,
      List<String> behind) {}

  /// What happens at the server's side.
  ///
  /// @param pod the server; empty for all that is said of an east-west gateway
  /// @param verdict in, denied, closed or unknown
  /// @param steps in order
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Arrival(String context, String pod, String verdict, List<Check> steps) {}

  /// One thing that the server's side looks at.
  ///
  /// @param what gateway, mtls, plaintext, no-sidecar, jwt, custom, deny or allow
  /// @param result passed, refused, open or unknown
  /// @param detail the policy, the issuer, the reason
  public record Check(String what, String result, String detail) {}

  /// One way in which it may end.
  ///
  /// @param percent of requests; the sum is 100
  /// @param flag Envoy's response flag where an Envoy answers; empty for the service
  /// @param status 0 when the service decides
  /// @param by service, caller, server, or program when no Envoy is met
  /// @param reason a code for words: fault, no-cluster, no-endpoint …
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Outcome(
      double percent, String by, int status, String flag, String reason, List<String> where) {}
}
