package theater.gateway.answer;

/// Who gave an answer.
public sealed interface Origin {

  /// An instance of a service.
  ///
  /// @param context `ctx1`; null when the header is missing
  /// @param pod null when the header is missing
  record ByService(String context, String pod) implements Origin {}

  /// An Envoy on the way.
  ///
  /// @param flag Envoy's response flag as far as the text tells: FI, UH, UO …; `-` when no known
  ///   text was there
  /// @param where `caller` the gateway's own sidecar, `server` a sidecar or gateway further on
  /// @param text the first 200 characters of the body
  record ByEnvoy(String flag, String where, String text) implements Origin {}

  /// This gateway: the upstream could not be reached or gave no answer in time.
  record ByGateway(String text) implements Origin {}
}
