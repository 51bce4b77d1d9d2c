package theater.mesh.istiod;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.function.Predicate;

/// Lets calls pass that carry a good token of a service account.
final class TokenGate implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String BEARER = "Bearer ";
  private final Predicate<String> good;

  TokenGate(Predicate<String> good) {
    this.good = good;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String value = headers.get(AUTHORIZATION);
    if (value == null
        || !value.startsWith(BEARER)
        || !good.test(value.substring(BEARER.length()))) {
      call.close(
          Status.UNAUTHENTICATED.withDescription(
              "authentication failure: expected a token of a service account of istio-system"),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
    return next.startCall(call, headers);
  }
}
