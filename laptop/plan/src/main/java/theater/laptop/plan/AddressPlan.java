package theater.laptop.plan;

/// Every address and port of one instance on 127.0.0.0/8. Instance n has the second octets 10n+1
/// (ctx1), 10n+2 (ctx2) …
///
/// | what | address |
/// |---|---|
/// | ClusterIP of a Service | 127.c.0.S, S from 10 to 250 |
/// | pod P, its IP: the sidecar's inbound side, its admin (15000) | 127.c.P.1, P from 1 to 254 |
/// | pod P, its application | 127.c.P.2 |
/// | pod P, its sidecar's listener for the Service with ClusterIP 127.c.0.S | 127.c.P.S |
/// | API server | 127.0.0.1:6440+10n+c |
/// | ingress | 127.0.0.1:8880+10n |
/// | ingress, TLS (servers of port 443) | 127.0.0.1:8443+10n |
///
/// Linux gives 127/8 to everybody; macOS has 127.0.0.1 only (not tried there).
public record AddressPlan(int instance) {
  public static final int FIRST_SERVICE = 10;
  public static final int LAST_SERVICE = 250;
  public static final int FIRST_POD = 1;
  public static final int LAST_POD = 254;
  public static final int ENVOY_ADMIN_PORT = 15000;

  public AddressPlan {
    if (instance < 0 || instance > 24) {
      throw new IllegalArgumentException("THEATER_INSTANCE is " + instance + "; expected 0 to 24");
    }
  }

  /// The second octet of a context's addresses. `ctx1` is the first.
  public int octet(String context) {
    return 10 * instance + number(context);
  }

  /// 1 for `ctx1`.
  public static int number(String context) {
    if (!context.matches("ctx[1-9]")) {
      throw new IllegalArgumentException("context is \"" + context + "\"; expected ctx1 to ctx9");
    }
    return context.charAt(3) - '0';
  }

  /// ClusterIP of the Service with number S.
  public String clusterIp(String context, int service) {
    return address(context, 0, checked("service", service, FIRST_SERVICE, LAST_SERVICE));
  }

  /// Pod IP of pod P.
  public String podIp(String context, int pod) {
    return address(context, checked("pod", pod, FIRST_POD, LAST_POD), 1);
  }

  /// Where the application of the pod with this IP listens.
  public static String application(String podIp) {
    return lastOctet(podIp, 2);
  }

  /// Where the sidecar of the pod with this IP listens for the Service with this ClusterIP.
  public static String outbound(String podIp, String clusterIp) {
    return lastOctet(podIp, Integer.parseInt(clusterIp.substring(clusterIp.lastIndexOf('.') + 1)));
  }

  /// The P of a pod IP.
  public static int pod(String podIp) {
    return Integer.parseInt(podIp.split("\\.")[2]);
  }

  /// Port of a context's API server on 127.0.0.1.
  public int apiServerPort(String context) {
    return 6440 + 10 * instance + number(context);
  }

  /// Port of the ingress gateway on 127.0.0.1.
  public int ingressPort() {
    return 8880 + 10 * instance;
  }

  /// Port of the ingress gateway on 127.0.0.1 for Gateway servers of port 443.
  public int ingressTlsPort() {
    return 8443 + 10 * instance;
  }

  private String address(String context, int third, int fourth) {
    return "127." + octet(context) + "." + third + "." + fourth;
  }

  private static String lastOctet(String address, int last) {
    return address.substring(0, address.lastIndexOf('.') + 1) + last;
  }

  private static int checked(String what, int value, int from, int to) {
    if (value < from || value > to) {
      throw new IllegalArgumentException(
          what + " number is " + value + "; expected " + from + " to " + to);
    }
    return value;
  }
}
