package theater.kit.http;

/// One operation.
///
/// @param pattern path with `{name}` for one segment, without a last slash
/// @param probe asked by Kubernetes or Prometheus: no fault touches it, it is not logged
record Route(String method, String pattern, boolean probe, Handler handler) {
  String[] segments() {
    return pattern.substring(1).split("/");
  }
}
