package theater.mesh.translation.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.rule.Gateways.Server;

/// Which servers of a gateway act, where several have one port, at one address. As in Istio a
/// server that cannot stand beside an older one does not act at all: one host that the older has is
/// enough.
final class MergedServers {
  private final Map<String, Set<String>> tlsHosts = new HashMap<>();
  private final Map<String, Server> plain = new HashMap<>();
  private final Set<String> opened = new HashSet<>();
  private final Set<String> secureNames = new HashSet<>();

  private MergedServers() {}

  /// @param servers the oldest first
  static List<Server> of(List<Server> servers) {
    MergedServers merged = new MergedServers();
    List<Server> result = new ArrayList<>();
    for (Server server : servers) {
      String conflict = merged.conflict(server);
      if (conflict.isEmpty()) {
        result.add(server);
      } else {
        server.spec().problem(Severity.INERT, conflict);
      }
    }
    return result;
  }

  /// Why it cannot act; empty when it does.
  private String conflict(Server server) {
    if (server.spec().at("tls").present()) {
      Set<String> known = tlsHosts.computeIfAbsent(server.socket(), _ -> new HashSet<>());
      for (String host : server.hosts()) {
        if (known.contains(host)) {
          return "an older server of this port has the host "
              + host.substring(host.indexOf('/') + 1)
              + ": the whole server does not act";
        }
      }
      known.addAll(server.hosts());
    }
    boolean first = opened.add(server.socket());
    Server older = plain.get(server.socket());
    if (older != null) {
      return older.plainHttp() && server.plainHttp()
          ? ""
          : "an older server has this port for "
              + older.protocol()
              + " without TLS: this one does not act";
    }
    if (server.plainHttp() || server.plainTcp()) {
      plain.put(server.socket(), server);
    } else if (server.endsTls() && !secureNames.add(server.routes()) && !first) {
      return "another server of this Gateway has the port's name "
          + server.portName()
          + ": this one does not act";
    }
    return "";
  }
}
