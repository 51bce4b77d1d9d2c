package theater.mesh.translation.registry;

import java.util.Locale;
import java.util.Set;
import theater.mesh.view.ServicePort;

/// What a port speaks (Istio: explicit protocol selection by the port's name or appProtocol).
public enum Protocol {
  HTTP,
  HTTP2,
  GRPC,
  TCP,
  /// Bytes that are TLS, so that the name that a caller asks for can be seen.
  TLS,
  /// Unnamed: told by looking at the first bytes.
  SNIFFED;

  /// What stands for no word at all: sniffed, whatever the port's name.
  static final String UNKNOWN = "unknown";

  /// Unnamed there means bytes: in SMTP, DNS, MySQL and MongoDB the server may speak first.
  private static final Set<Integer> WELL_KNOWN = Set.of(25, 53, 3306, 27017);

  /// By `appProtocol`, then by the name up to its first dash: `http-web` is HTTP, `redis` is TCP,
  /// an unknown word is sniffed.
  public static Protocol of(ServicePort port) {
    boolean declared = port.appProtocol() != null && !port.appProtocol().isEmpty();
    String word = declared ? port.appProtocol() : port.name() == null ? "" : port.name();
    Protocol result = ofWord(word.toLowerCase(Locale.ROOT), declared);
    return result == SNIFFED && WELL_KNOWN.contains(port.number()) ? TCP : result;
  }

  /// By the word alone, as the port of an Istio object writes it; a word that says nothing is
  /// sniffed.
  public static Protocol ofWord(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.contains("-") && !lower.equals("grpc-web") ? SNIFFED : ofWord(lower, false);
  }

  private static Protocol ofWord(String word, boolean declared) {
    if (declared && word.startsWith("kubernetes.io/")) {
      return switch (word) {
        case "kubernetes.io/h2c" -> HTTP2;
        case "kubernetes.io/ws" -> HTTP;
        case "kubernetes.io/wss" -> TLS;
        default -> SNIFFED;
      };
    }
    if (word.startsWith("grpc-web")) {
      return GRPC;
    }
    return switch (word.split("-", -1)[0]) {
      case "http", "http_proxy" -> HTTP;
      case "http2" -> HTTP2;
      case "grpc" -> GRPC;
      case "tls", "https" -> TLS;
      case "tcp", "mongo", "mysql", "redis", "udp" -> TCP;
      default -> SNIFFED;
    };
  }

  /// Whether calls get HTTP routes.
  public boolean http() {
    return this != TCP && this != TLS;
  }

  /// Whether the application is spoken to in HTTP/2.
  public boolean http2() {
    return this == HTTP2 || this == GRPC;
  }
}
