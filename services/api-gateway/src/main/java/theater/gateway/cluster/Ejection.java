package theater.gateway.cluster;

/// An endpoint that the own sidecar's outlier detection keeps out of use.
///
/// @param context null when it can not be told
/// @param pod null for the other context's east-west gateway
/// @param address with port
/// @param since when this gateway saw it first, ISO 8601
/// @param where Envoy's cluster, `outbound|8081|ctx1|user-service.theater-msa.svc.cluster.local`
record Ejection(
    String service, String context, String pod, String address, String since, String where) {}
