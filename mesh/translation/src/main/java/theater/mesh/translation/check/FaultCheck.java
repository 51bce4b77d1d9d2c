package theater.mesh.translation.check;

import java.util.Set;
import theater.mesh.translation.spec.SpecNode;

/// Istio's rules for injected faults.
final class FaultCheck {
  private static final Set<String> GRPC =
      Set.of(
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
  private static final int LOWEST = 200;

  /// Istio says 599 and lets 600 pass.
  private static final int HIGHEST = 600;

  private FaultCheck() {}

  static void check(SpecNode fault, Complaints complaints) {
    if (!fault.present()) {
      return;
    }
    SpecNode abort = fault.at("abort");
    SpecNode delay = fault.at("delay");
    if (!abort.present() && !delay.present()) {
      complaints.addListed("HTTP fault injection must have an abort and/or a delay");
    }
    if (abort.present()) {
      abort(abort, complaints);
    }
    share(delay.at("percentage", "value"), complaints);
    Rules.duration(delay.at("fixedDelay"), complaints);
    if (delay.at("exponentialDelay").present()) {
      Rules.duration(delay.at("exponentialDelay"), complaints);
      complaints.addListed("exponentialDelay not supported yet");
    }
  }

  private static void abort(SpecNode abort, Complaints complaints) {
    share(abort.at("percentage", "value"), complaints);
    String grpc = abort.at("grpcStatus").textOr("");
    if (abort.at("grpcStatus").present()) {
      complaints.addIf(
          !GRPC.contains(grpc),
          "gRPC status \""
              + grpc
              + "\" is not supported. See https://github.com/grpc/grpc/blob/master/doc/statuscodes.md for a list of supported codes, for example 'NOT_FOUND'");
    } else if (abort.at("http2Error").present()) {
      complaints.add("HTTP/2 abort fault injection not supported yet");
    } else if (abort.at("httpStatus").present()) {
      status(abort.at("httpStatus"), complaints);
    } else {
      complaints.warn("abort configured, but error type not set");
    }
  }

  static void status(SpecNode field, Complaints complaints) {
    long status = field.whole().orElse(0);
    complaints.addIf(
        status < LOWEST || status > HIGHEST, "HTTP status " + status + " is not in range 200-599");
  }

  private static void share(SpecNode field, Complaints complaints) {
    double value = field.number().orElse(0.0);
    complaints.addIf(
        value != 0 && (value < 0.0001 || value > 100),
        "percentage " + Rules.number(value) + " is neither 0.0, nor in range [0.0001, 100.0]");
  }
}
