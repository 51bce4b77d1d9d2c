package theater.mesh.translation.registry;

import java.util.Locale;
import theater.mesh.view.ServicePort;

/// What a port speaks (Istio: explicit protocol selection by the port's name or appProtocol).
public enum Protocol {
  HTTP,
  HTTP2,
  TCP,
  /// Unnamed: told by looking at the first bytes.
  SNIFFED;

  /// What stands for no word at all: sniffed, whatever the port's name.
  static final String UNKNOWN = "unknown";

  /// By `appProtocol`, then by the name up to its first dash.
  public static Protocol of(ServicePort port) {
    String word =
        port.appProtocol() == null || port.appProtocol().isEmpty()
            ? port.name() == null ? "" : port.name()
            : port.appProtocol();
    return ofWord(word);
  }

  /// `http-web` is HTTP, `redis` is TCP, an unknown word is sniffed.
  public static Protocol ofWord(String word) {
    String name = word.toLowerCase(Locale.ROOT);
    if (name.startsWith("kubernetes.io/")) {
      return name.equals("kubernetes.io/h2c")
          ? HTTP2
          : name.equals("kubernetes.io/ws") ? HTTP : TCP;
    }
    if (name.startsWith("grpc-web")) {
      return HTTP;
    }
    return switch (name.split("-")[0]) {
      case "http", "http1" -> HTTP;
      case "http2", "grpc" -> HTTP2;
      case "tcp", "tls", "https", "mongo", "mysql", "redis", "udp" -> TCP;
      default -> SNIFFED;
    };
  }

  /// Whether a TCP port's bytes are TLS, so that the name that a caller asks for can be seen.
  public static boolean tls(ServicePort port) {
    String word =
        port.appProtocol() == null || port.appProtocol().isEmpty()
            ? port.name() == null ? "" : port.name()
            : port.appProtocol();
    String first = word.toLowerCase(Locale.ROOT).split("-")[0];
    return first.equals("tls") || first.equals("https");
  }

  /// Whether calls get HTTP routes.
  public boolean http() {
    return this != TCP;
  }
}
