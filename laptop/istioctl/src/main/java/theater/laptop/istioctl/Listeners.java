package theater.laptop.istioctl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// `proxy-config listener`.
final class Listeners {
  private Listeners() {}

  static List<JsonNode> of(Dump dump, Filter filter) {
    List<JsonNode> listeners = new ArrayList<>(dump.listeners());
    listeners.removeIf(
        one -> !filter.listener(address(one), Integer.toString(port(one)), Chains.type(one)));
    return listeners;
  }

  static Table table(Dump dump, Filter filter, boolean named) {
    List<JsonNode> listeners = of(dump, filter);
    listeners.sort(
        Comparator.comparingInt(Listeners::port)
            .thenComparing(Listeners::address)
            .thenComparing(Chains::type));
    Table table =
        filter.verbose()
            ? new Table(1, Named.headers(named, "ADDRESSES", "PORT", "MATCH", "DESTINATION"))
            : new Table(1, Named.headers(named, "ADDRESSES", "PORT", "TYPE"));
    for (JsonNode one : listeners) {
      String name = "listener/" + one.path("name").asText();
      if (!filter.verbose()) {
        table.row(Named.cells(named, name, addresses(one), port(one), Chains.type(one)));
        continue;
      }
      List<Chains.Chain> chains = new ArrayList<>(Chains.of(one));
      chains.sort(Comparator.comparing(Chains.Chain::destination).reversed());
      for (Chains.Chain chain : chains) {
        table.row(
            Named.cells(
                named, name, addresses(one), port(one), chain.match(), chain.destination()));
      }
    }
    return table;
  }

  private static String address(JsonNode listener) {
    JsonNode address = listener.path("address");
    return address.has("socket_address")
        ? address.at("/socket_address/address").asText()
        : address.at("/pipe/path").asText("");
  }

  private static String addresses(JsonNode listener) {
    StringBuilder all = new StringBuilder(address(listener));
    for (JsonNode more : listener.path("additional_addresses")) {
      all.append(',').append(more.at("/address/socket_address/address").asText());
    }
    return all.toString();
  }

  private static int port(JsonNode listener) {
    return listener.at("/address/socket_address/port_value").asInt();
  }
}
