package theater.mesh.translation.names;

import theater.mesh.view.MeshSettings;

/// Hosts as rules write them.
public final class HostName {
  private HostName() {}

  /// A name without a dot, also `*-service`, belongs to the namespace of the object that wrote it
  /// (Istio: ResolveShortnameToFQDN).
  public static String resolve(String written, String namespace, MeshSettings mesh) {
    return written.isEmpty() || written.contains(".") || written.equals("*")
        ? written
        : written + "." + namespace + ".svc." + mesh.domainSuffix();
  }

  /// Whether `*.example.com`, `*` or the name itself covers a host.
  public static boolean covers(String pattern, String host) {
    return pattern.equals("*")
        || pattern.equals(host)
        || pattern.startsWith("*")
            && host.endsWith(pattern.substring(1))
            && host.length() >= pattern.length();
  }

  /// Whether one covers the other (Istio: host.Name.Matches).
  public static boolean overlap(String a, String b) {
    return covers(a, b) || covers(b, a);
  }

  /// The more special of two, or null when they share nothing.
  public static String narrower(String a, String b) {
    return covers(a, b) ? b : covers(b, a) ? a : null;
  }
}
