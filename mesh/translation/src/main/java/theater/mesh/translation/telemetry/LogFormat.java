package theater.mesh.translation.telemetry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Envoy's words for what is known of a call (access log command operators), and which of them
/// Istio logs. Envoy refuses a listener with a word that it does not know.
final class LogFormat {
  private static final Set<String> PLAIN =
      Set.of(
          "START_TIME",
          "EMIT_TIME",
          "PROTOCOL",
          "RESPONSE_CODE",
          "RESPONSE_CODE_DETAILS",
          "RESPONSE_FLAGS",
          "RESPONSE_FLAGS_LONG",
          "CONNECTION_TERMINATION_DETAILS",
          "UPSTREAM_TRANSPORT_FAILURE_REASON",
          "BYTES_RECEIVED",
          "BYTES_SENT",
          "DURATION",
          "REQUEST_DURATION",
          "RESPONSE_DURATION",
          "RESPONSE_TX_DURATION",
          "UPSTREAM_HOST",
          "UPSTREAM_CLUSTER",
          "UPSTREAM_CLUSTER_RAW",
          "UPSTREAM_LOCAL_ADDRESS",
          "UPSTREAM_REMOTE_ADDRESS",
          "UPSTREAM_REQUEST_ATTEMPT_COUNT",
          "UPSTREAM_TLS_VERSION",
          "UPSTREAM_PEER_URI_SAN",
          "DOWNSTREAM_LOCAL_ADDRESS",
          "DOWNSTREAM_REMOTE_ADDRESS",
          "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT",
          "DOWNSTREAM_DIRECT_REMOTE_ADDRESS",
          "DOWNSTREAM_PEER_URI_SAN",
          "DOWNSTREAM_PEER_SUBJECT",
          "DOWNSTREAM_TLS_VERSION",
          "DOWNSTREAM_TLS_CIPHER",
          "REQUESTED_SERVER_NAME",
          "ROUTE_NAME",
          "VIRTUAL_CLUSTER_NAME",
          "HOSTNAME",
          "CONNECTION_ID",
          "STREAM_ID",
          "GRPC_STATUS",
          "LOCAL_REPLY_BODY");
  private static final Pattern OPERATOR =
      Pattern.compile("%(?:(REQ|RESP|TRAILER)\\([A-Za-z0-9:_?-]+\\)(?::\\d{1,4})?|([A-Z_]+)|)%");

  /// Istio's JSON labels.
  static final Map<String, String> LABELS = new LinkedHashMap<>();

  /// Istio's line.
  static final String TEXT =
      "[%START_TIME%] \"%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%\""
          + plain(
              "RESPONSE_CODE",
              "RESPONSE_FLAGS",
              "RESPONSE_CODE_DETAILS",
              "CONNECTION_TERMINATION_DETAILS")
          + " \"%UPSTREAM_TRANSPORT_FAILURE_REASON%\""
          + plain("BYTES_RECEIVED", "BYTES_SENT", "DURATION")
          + " %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% \"%REQ(X-FORWARDED-FOR)%\""
          + " \"%REQ(USER-AGENT)%\" \"%REQ(X-REQUEST-ID)%\" \"%REQ(:AUTHORITY)%\""
          + " \"%UPSTREAM_HOST%\""
          + plain(
              "UPSTREAM_CLUSTER_RAW",
              "UPSTREAM_LOCAL_ADDRESS",
              "DOWNSTREAM_LOCAL_ADDRESS",
              "DOWNSTREAM_REMOTE_ADDRESS",
              "REQUESTED_SERVER_NAME",
              "ROUTE_NAME")
          + "\n";

  static {
    for (String word :
        new String[] {
          "START_TIME",
          "ROUTE_NAME",
          "PROTOCOL",
          "RESPONSE_CODE",
          "RESPONSE_FLAGS",
          "RESPONSE_CODE_DETAILS",
          "CONNECTION_TERMINATION_DETAILS",
          "BYTES_RECEIVED",
          "BYTES_SENT",
          "DURATION",
          "UPSTREAM_HOST",
          "UPSTREAM_LOCAL_ADDRESS",
          "DOWNSTREAM_LOCAL_ADDRESS",
          "DOWNSTREAM_REMOTE_ADDRESS",
          "REQUESTED_SERVER_NAME",
          "UPSTREAM_TRANSPORT_FAILURE_REASON"
        }) {
      LABELS.put(word.toLowerCase(java.util.Locale.ROOT), "%" + word + "%");
    }
    LABELS.put("upstream_cluster", "%UPSTREAM_CLUSTER_RAW%");
    LABELS.put("method", "%REQ(:METHOD)%");
    LABELS.put("path", "%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%");
    LABELS.put("authority", "%REQ(:AUTHORITY)%");
    LABELS.put("user_agent", "%REQ(USER-AGENT)%");
    LABELS.put("request_id", "%REQ(X-REQUEST-ID)%");
    LABELS.put("x_forwarded_for", "%REQ(X-FORWARDED-FOR)%");
    LABELS.put("upstream_service_time", "%RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)%");
  }

  private LogFormat() {}

  private static String plain(String... words) {
    StringBuilder text = new StringBuilder();
    for (String word : words) {
      text.append(" %").append(word).append('%');
    }
    return text.toString();
  }

  /// What was expected instead, when a format cannot be used.
  static Optional<String> problem(String format) {
    int at = 0;
    Matcher operator = OPERATOR.matcher(format);
    while ((at = format.indexOf('%', at)) >= 0) {
      if (!operator.find(at)
          || operator.start() != at
          || operator.group(2) != null && !PLAIN.contains(operator.group(2))) {
        return Optional.of(
            "words of Envoy's access log such as %RESPONSE_CODE% and %REQ(X-NAME)%, not \""
                + format.substring(at, Math.min(format.length(), at + 20))
                + "\"");
      }
      at = operator.end();
    }
    return Optional.empty();
  }
}
