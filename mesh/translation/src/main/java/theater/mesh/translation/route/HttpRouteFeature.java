package theater.mesh.translation.route;

import java.util.List;

/// A part of a VirtualService's HTTP route that is modelled.
interface HttpRouteFeature {

  /// The fields that it reads, relative to an element of `http`: `fault.abort.httpStatus`.
  List<String> fields();

  /// Applies them; called also when the route has none of them, so that defaults are set here, too.
  void apply(RouteDraft draft);
}
