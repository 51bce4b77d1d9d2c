package theater.mesh.translation.route;

import java.util.List;
import theater.mesh.translation.spec.SpecNode;

/// Header operations of a whole route. Istio: http.headers.
final class Headers implements HttpRouteFeature {

  @Override
  public List<String> fields() {
    return HeaderOperations.FIELDS.stream().map(field -> "headers." + field).toList();
  }

  @Override
  public void apply(RouteDraft draft) {
    SpecNode headers = draft.http.at("headers");
    HeaderOperations operations = HeaderOperations.of(headers);
    operations.applyTo(draft.route);
    if (!operations.authority().isEmpty()) {
      draft.action.setHostRewriteLiteral(operations.authority());
    }
  }
}
