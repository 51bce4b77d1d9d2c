package theater.mesh.translation.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import theater.mesh.translation.names.HostName;
import theater.mesh.translation.rule.VirtualServices;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.ConfigObject;

/// Istio's rules for VirtualService as a whole; [HttpRouteCheck] has those of one HTTP route.
final class VirtualServiceCheck {
  private VirtualServiceCheck() {}

  static void check(ConfigObject object, SpecNode spec, Complaints complaints) {
    List<SpecNode> http = spec.at("http").items();
    boolean delegate = spec.at("hosts").items().isEmpty();
    List<String> gateways = spec.at("gateways").textItems();
    if (delegate) {
      complaints.addIf(
          !gateways.isEmpty(), "delegate virtual service must have no gateways specified");
      complaints.addIf(http.isEmpty(), "delegate virtual service must have http rules");
    }
    hosts(
        spec,
        gateways.isEmpty() || gateways.contains(VirtualServices.MESH),
        object.namespace(),
        complaints);
    complaints.addIf(
        http.isEmpty() && spec.at("tcp").items().isEmpty() && spec.at("tls").items().isEmpty(),
        "http, tcp or tls must be provided in virtual service");
    String before = "";
    for (int i = 0; i < http.size(); i++) {
      HttpRouteCheck.check(http.get(i), delegate, complaints);
      if (!before.isEmpty()) {
        complaints.warn(
            "virtualService rule " + name(http.get(i), i) + " not used (" + before + ")");
      }
      if (before.isEmpty() && http.get(i).at("match").items().isEmpty()) {
        before = "route without matches defined before";
      }
    }
    for (String kind : Set.of("tcp", "tls")) {
      spec.at(kind)
          .items()
          .forEach(route ->
              destinations(
                  route,
                  kind.toUpperCase(java.util.Locale.ROOT) + " route is required",
                  complaints));
    }
  }

  private static String name(SpecNode http, int index) {
    return http.at("name").text().orElse("#" + index);
  }

  private static void hosts(SpecNode spec, boolean mesh, String namespace, Complaints complaints) {
    List<String> seen = new ArrayList<>();
    for (String host : spec.at("hosts").textItems()) {
      complaints.addIf(
          mesh && host.equals("*"),
          "wildcard host * is not allowed for virtual services bound to the mesh gateway");
      Rules.host(host, complaints);
      for (String other : seen) {
        complaints.addIf(
            HostName.overlap(other, host),
            "duplicate hosts in virtual service: " + other + " & " + host);
      }
      seen.add(host);
    }
  }

  private static void destinations(SpecNode route, String missing, Complaints complaints) {
    complaints.addIf(route.at("route").items().isEmpty(), missing);
    route
        .at("route")
        .items()
        .forEach(
            destination -> HttpRouteCheck.destination(destination.at("destination"), complaints));
    HttpRouteCheck.weights(route.at("route").items(), complaints);
  }
}
