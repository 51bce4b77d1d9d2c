package theater.mesh.explain.walk;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import theater.mesh.explain.walk.Conditions.Condition;
import theater.mesh.explain.walk.Explanation.Omitted;
import theater.mesh.explain.walk.Explanation.Rule;
import theater.mesh.translation.Origin;
import theater.mesh.view.ConfigObject;
import theater.mesh.view.MeshView;

/// The routes of a virtual host against a request, in order, until one takes it.
final class RouteWalk {
  final List<Rule> rules = new ArrayList<>();
  Route taken;

  RouteWalk(VirtualHost host, Question question) {
    for (int i = 0; i < host.getRoutesCount() && taken == null; i++) {
      Route route = host.getRoutes(i);
      List<Condition> conditions = Conditions.of(route.getMatch(), question);
      boolean takes = conditions.stream().allMatch(Condition::met);
      Origin origin = Origin.of(route.getMetadata());
      rules.add(
          new Rule(
              i + 1,
              route.getName(),
              origin.object(),
              origin.place(),
              origin.match(),
              origin.root(),
              0,
              takes,
              conditions));
      if (takes) {
        taken = route;
      }
    }
  }

  /// Rules that a person wrote in the objects behind this virtual host and that this Envoy has no
  /// route for: for other callers, ports or gateways, or never reached.
  static List<Omitted> omitted(VirtualHost host, MeshView view) {
    Set<String> objects = new LinkedHashSet<>();
    Set<String> places = new LinkedHashSet<>();
    for (Route route : host.getRoutesList()) {
      Origin origin = Origin.of(route.getMetadata());
      objects.add(origin.object());
      places.add(origin.object() + " " + origin.place());
      if (!origin.root().isEmpty()) {
        objects.add(origin.root().substring(0, origin.root().lastIndexOf(' ')));
        places.add(origin.root());
      }
    }
    List<Omitted> result = new ArrayList<>();
    for (ConfigObject object : view.configs()) {
      String name = object.kind() + " " + object.namespace() + "/" + object.name();
      if (objects.contains(name) && object.spec() != null) {
        int count = object.spec().path("http").size();
        int last = -1;
        for (int i = 0; i < count; i++) {
          last = places.contains(name + " spec.http[" + i + "]") ? i : last;
        }
        for (int i = 0; i < count; i++) {
          String place = "spec.http[" + i + "]";
          if (!places.contains(name + " " + place)) {
            result.add(
                new Omitted(name, place, i > last ? "behind-catch-all" : "not-for-this-caller"));
          }
        }
      }
    }
    return result;
  }
}
