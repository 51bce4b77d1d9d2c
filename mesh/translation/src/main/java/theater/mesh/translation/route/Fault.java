package theater.mesh.translation.route;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.extensions.filters.common.fault.v3.FaultDelay;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.FaultAbort;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import java.util.List;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.spec.GoDuration;
import theater.mesh.translation.spec.SpecNode;

/// Faults of the caller's own Envoy: delay first, then abort, drawn independently. Istio:
/// http.fault; Envoy: HTTPFault on the route. Without a percentage nothing happens.
final class Fault implements HttpRouteFeature {
  static final String FILTER = "envoy.filters.http.fault";

  @Override
  public List<String> fields() {
    return List.of(
        "fault.abort.http2Error",
        "fault.delay.exponentialDelay",
        "fault.abort.httpStatus",
        "fault.abort.grpcStatus",
        "fault.abort.percentage.value",
        "fault.delay.fixedDelay",
        "fault.delay.percentage.value",
        "fault.delay.percent");
  }

  @Override
  public void apply(RouteDraft draft) {
    SpecNode fault = draft.http.at("fault");
    HTTPFault.Builder built = HTTPFault.newBuilder();
    SpecNode abort = fault.at("abort");
    if (abort.present()) {
      FaultAbort.Builder abortion = FaultAbort.newBuilder().setPercentage(share(abort));
      if (abort.at("grpcStatus").present()) {
        grpcStatus(abort.at("grpcStatus")).ifPresent(abortion::setGrpcStatus);
      } else {
        abort
            .at("httpStatus")
            .unsigned()
            .filter(status -> inRange(abort.at("httpStatus"), status))
            .ifPresent(abortion::setHttpStatus);
      }
      if (abortion.getErrorTypeCase() != FaultAbort.ErrorTypeCase.ERRORTYPE_NOT_SET) {
        built.setAbort(abortion);
      }
    }
    SpecNode delay = fault.at("delay");
    inert(abort.at("http2Error"));
    inert(delay.at("exponentialDelay"));
    delay
        .at("fixedDelay")
        .duration()
        .filter(time -> !time.isZero())
        .ifPresent(time ->
            built.setDelay(
                FaultDelay.newBuilder()
                    .setFixedDelay(GoDuration.proto(time))
                    .setPercentage(share(delay))));
    if (built.hasAbort() || built.hasDelay()) {
      draft.route.putTypedPerFilterConfig(FILTER, Any.pack(built.build()));
    }
  }

  /// Fields of Istio's API that Istio itself does not act on.
  private static void inert(SpecNode field) {
    if (field.present()) {
      field.problem(Severity.INERT, "has no effect in Istio, too");
    }
  }

  private static FractionalPercent share(SpecNode kind) {
    double percent =
        kind.at("percentage").present()
            ? kind.at("percentage", "value").number().orElse(0.0)
            : kind.at("percent").unsigned().orElse(0);
    if (percent == 0) {
      kind.problem(Severity.INERT, "has no effect: it has no percentage");
    }
    return Percentage.of(percent);
  }

  private static boolean inRange(SpecNode field, int status) {
    if (status < 200 || status > 599) {
      field.malformed("a status from 200 to 599");
      return false;
    }
    return true;
  }

  private static java.util.Optional<Integer> grpcStatus(SpecNode field) {
    List<String> names =
        List.of(
            "OK",
            "CANCELLED",
            "UNKNOWN",
            "INVALID_ARGUMENT",
            "DEADLINE_EXCEEDED",
            "NOT_FOUND",
            "ALREADY_EXISTS",
            "PERMISSION_DENIED",
            "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION",
            "ABORTED",
            "OUT_OF_RANGE",
            "UNIMPLEMENTED",
            "INTERNAL",
            "UNAVAILABLE",
            "DATA_LOSS",
            "UNAUTHENTICATED");
    String name = field.textOr("");
    if (name.matches("\\d{1,2}")) {
      return java.util.Optional.of(Integer.parseInt(name));
    }
    if (!names.contains(name)) {
      field.malformed("a gRPC status such as UNAVAILABLE");
      return java.util.Optional.empty();
    }
    return java.util.Optional.of(names.indexOf(name));
  }
}
