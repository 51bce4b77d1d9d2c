package theater.mesh.translation.route;

import com.google.protobuf.ByteString;
import com.google.protobuf.UInt32Value;
import java.util.Base64;
import java.util.List;
import theater.mesh.translation.spec.SpecNode;

/// An answer by the Envoy itself. Istio: http.directResponse; Envoy: DirectResponseAction.
final class DirectResponse implements HttpRouteFeature {
  /// How long a body may be, in bytes; Envoy's own limit is 4,096.
  static final UInt32Value LONGEST = UInt32Value.of(1024 * 1024);

  @Override
  public List<String> fields() {
    return List.of(
        "directResponse.status", "directResponse.body.string", "directResponse.body.bytes");
  }

  @Override
  public void apply(RouteDraft draft) {
    SpecNode response = draft.http.at("directResponse");
    if (!response.present()) {
      return;
    }
    var action =
        draft
            .route
            .getDirectResponseBuilder()
            .setStatus(
                response
                    .at("status")
                    .unsigned()
                    .filter(status -> status >= 200 && status < 600)
                    .orElse(503));
    response
        .at("body", "string")
        .text()
        .ifPresent(text -> action.getBodyBuilder().setInlineString(text));
    response
        .at("body", "bytes")
        .text()
        .ifPresent(text -> {
          try {
            byte[] body = Base64.getDecoder().decode(text);
            action.getBodyBuilder().setInlineBytes(ByteString.copyFrom(body));
          } catch (IllegalArgumentException _) {
            response.at("body", "bytes").malformed("base64");
          }
        });
  }
}
