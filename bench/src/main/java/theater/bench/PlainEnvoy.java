package theater.bench;

/// The configuration of an Envoy that passes everything on to one address.
final class PlainEnvoy {
  private PlainEnvoy() {}

  static String config(String listen, int port, String upstream, int upstreamPort) {
    return """
    {"static_resources": {
      "listeners": [{"name": "in", "address": {"socket_address": {"address": "%s", "port_value": %d}},
        "filter_chains": [{"filters": [{"name": "http", "typed_config": {
          "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
          "stat_prefix": "in",
          "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"], "routes": [{"match": {"prefix": "/"}, "route": {"cluster": "out"}}]}]},
          "http_filters": [{"name": "router", "typed_config": {"@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}]}}]}]}],
      "clusters": [{"name": "out", "type": "STATIC", "connect_timeout": "2s",
        "circuit_breakers": {"thresholds": [{"max_connections": 1024, "max_requests": 1024, "max_pending_requests": 1024}]},
        "load_assignment": {"cluster_name": "out", "endpoints": [{"lb_endpoints": [
          {"endpoint": {"address": {"socket_address": {"address": "%s", "port_value": %d}}}}]}]}}]}}
    """
        .formatted(listen, port, upstream, upstreamPort);
  }
}
