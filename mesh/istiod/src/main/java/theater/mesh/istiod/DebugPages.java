package theater.mesh.istiod;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The pages of istiod's port 15014 that istioctl and people ask for, by path and query.
final class DebugPages {
  private static final String INDEX =
      """
      /version
      /ready
      /debug/syncz?namespace=NAMESPACE: what each Envoy was sent and has taken
      /debug/edsz?proxyID=POD.NAMESPACE: the endpoints of an Envoy
      /debug/config_dump?proxyID=POD.NAMESPACE: what an Envoy should have
      """;

  private final ProxyLedger ledger;
  private final Syncz syncz;

  /// @param type of the body, a media type
  record Page(int status, String type, String body) {
    static Page text(int status, String body) {
      return new Page(status, "text/plain; charset=utf-8", body);
    }

    static Page json(String body) {
      return new Page(200, "application/json", body);
    }
  }

  DebugPages(ProxyLedger ledger) {
    this.ledger = ledger;
    this.syncz = new Syncz(ledger);
  }

  /// @param target as in a request line: path and query
  Page page(String target) {
    int question = target.indexOf('?');
    String path = (question < 0 ? target : target.substring(0, question)).replaceAll("/+", "/");
    String query = question < 0 ? "" : target.substring(question + 1);
    return switch (path) {
      case "/version" -> Page.text(200, Release.line());
      case "/ready" -> Page.text(200, "");
      case "/debug", "/debug/" -> Page.text(200, INDEX);
      case "/debug/syncz" -> Page.json(syncz.json(parameter(query, "namespace")).toPrettyString());
      case "/debug/edsz" ->
          proxy(query)
              .map(proxy -> Page.json(ProxyDump.endpointsJson(proxy)))
              .orElse(absent(query));
      case "/debug/config_dump" ->
          proxy(query).map(proxy -> Page.json(ProxyDump.json(proxy))).orElse(absent(query));
      default -> Page.text(404, "404 page not found; there are:\n" + INDEX);
    };
  }

  private Optional<ConnectedProxy> proxy(String query) {
    return ledger.find(parameter(query, "proxyID"));
  }

  private static Page absent(String query) {
    String name = parameter(query, "proxyID");
    return name.isEmpty()
        ? Page.text(400, "You must provide a proxyID in the query string")
        : Page.text(
            404,
            "Proxy not connected to this Pilot instance. It may be connected to another instance.");
  }

  private static String parameter(String query, String name) {
    for (String pair : query.split("&")) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return "";
  }
}
