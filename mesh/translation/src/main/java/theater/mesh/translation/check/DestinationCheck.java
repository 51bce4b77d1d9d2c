package theater.mesh.translation.check;

import java.util.List;
import theater.mesh.translation.spec.SpecNode;

/// Istio's rules for where a route leads.
final class DestinationCheck {
  private DestinationCheck() {}

  /// The weighted destinations of one route.
  static void weighted(List<SpecNode> routes, Complaints complaints) {
    long total = 0;
    boolean read = true;
    for (SpecNode route : routes) {
      if (!route.at("destination").present()) {
        complaints.addListed("destination is required");
      }
      HeaderCheck.operations(route.at("headers"), complaints);
      check(route.at("destination"), complaints);
      SpecNode weight = route.at("weight");
      long value = weight.whole().orElse(0);
      complaints.addIf(value < 0, "weight " + value + " < 0");
      total += value;
      // A weight that is no number is the schema's business.
      read &= !weight.present() || weight.whole().isPresent();
    }
    complaints.addIf(routes.size() > 1 && total == 0 && read, "total destination weight = 0");
  }

  /// One destination; absent is fine here.
  static void check(SpecNode destination, Complaints complaints) {
    if (!destination.present()) {
      return;
    }
    String host = destination.at("host").textOr("");
    if (host.equals("*")) {
      complaints.add("invalid destination host *");
    } else {
      complaints.addGiven(Domains.wild(host));
    }
    String subset = destination.at("subset").textOr("");
    if (!subset.isEmpty()) {
      subset(subset, complaints);
    }
    if (destination.at("port").present()) {
      complaints.addGiven(Addresses.port(destination.at("port", "number")));
    }
  }

  static void subset(String name, Complaints complaints) {
    if (name.isEmpty()) {
      complaints.add("subset name cannot be empty");
    } else {
      complaints.addIf(!Domains.label(name), "subset name is invalid: " + name);
    }
  }
}
