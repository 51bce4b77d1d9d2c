package theater.mesh.translation.names;

/// Names of listeners and of the route configurations that they ask for.
public final class ListenerName {
  /// Where a redirected call goes whose address nobody declared.
  public static final String VIRTUAL_OUTBOUND = "virtualOutbound";

  /// Where a redirected call for the application arrives.
  public static final String VIRTUAL_INBOUND = "virtualInbound";

  private ListenerName() {}

  /// `127.1.4.12_8082`
  public static String outbound(String address, int port) {
    return address + "_" + port;
  }

  /// `inbound_127.1.4.1_8082`
  public static String inbound(String address, int port) {
    return "inbound_" + address + "_" + port;
  }

  /// A sidecar's route configuration: the port, for all services that have it.
  public static String sidecarRoutes(int port) {
    return Integer.toString(port);
  }

  /// A sidecar's route configuration for one service alone:
  /// `user-service.theater-msa.svc.cluster.local:8081`.
  public static String serviceRoutes(String host, int port) {
    return host + ":" + port;
  }

  /// A gateway's behind TLS: `https.443.https.cp-gateway.istio-system`.
  ///
  /// @param gateway `namespace/name`
  public static String gatewayTlsRoutes(int port, String portName, String gateway) {
    int slash = gateway.indexOf('/');
    return "https."
        + port
        + "."
        + portName
        + "."
        + gateway.substring(slash + 1)
        + "."
        + gateway.substring(0, slash);
  }

  /// A gateway's: `http.80`, the port that the Gateway object names.
  public static String gatewayRoutes(int port) {
    return "http." + port;
  }
}
