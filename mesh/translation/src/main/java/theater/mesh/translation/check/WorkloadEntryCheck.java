package theater.mesh.translation.check;

import java.util.Set;
import theater.mesh.translation.spec.SpecNode;

/// Istio's rules for WorkloadEntry, also as an endpoint of a ServiceEntry.
final class WorkloadEntryCheck {
  private WorkloadEntryCheck() {}

  /// @param servicePorts names of the ServiceEntry's ports, or null
  /// @param names whether the address may be a name
  static void check(
      SpecNode entry, Set<String> servicePorts, boolean names, Complaints complaints) {
    String address = entry.at("address").textOr("");
    String network = entry.at("network").textOr("");
    if (address.isEmpty() && network.isEmpty()) {
      complaints.add("address is required");
      return;
    }
    complaints.warnIf(address.isEmpty(), "address is unset with network \"" + network + "\"");
    boolean socket = Addresses.isSocket(address);
    if (socket) {
      complaints.addGiven(Addresses.socket(address));
      complaints.addIf(
          !entry.at("ports").entries().isEmpty(),
          "unix endpoint " + address + " must not include ports");
    } else if (!address.isEmpty() && names) {
      address(address, complaints);
    } else {
      complaints.addIf(
          !address.isEmpty() && !Addresses.ip(address),
          "endpoint address \"" + address + "\" is not a valid IP address");
    }
    ports(entry, servicePorts, complaints);
    Labels.check(entry.at("labels"), complaints);
    complaints.addIf(
        socket && servicePorts != null && servicePorts.size() != 1,
        "exactly 1 service port required for unix endpoints");
  }

  /// A name or an IP address.
  static void address(String address, Complaints complaints) {
    complaints.addIf(
        !Addresses.ip(address) && !Domains.whole(address).isEmpty(),
        "endpoint address \"" + address + "\" is not a valid FQDN or an IP address");
  }

  static void ports(SpecNode entry, Set<String> servicePorts, Complaints complaints) {
    entry
        .at("ports")
        .entries()
        .forEach((name, port) -> {
          complaints.addIf(
              servicePorts != null && !servicePorts.contains(name),
              "endpoint port " + port.whole().orElse(0) + " is not defined by the service entry");
          Rules.portName(name, complaints);
          complaints.addGiven(Addresses.port(port));
        });
  }
}
