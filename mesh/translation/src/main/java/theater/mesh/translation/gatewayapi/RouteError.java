package theater.mesh.translation.gatewayapi;

import java.util.List;
import java.util.stream.Collectors;

/// Why a route can not be taken whole (Gateway API: the reason and message of a condition).
///
/// @param whole whether no rule of the route acts
record RouteError(String reason, String message, boolean whole) {
  static RouteError broken(String reason, String message) {
    return new RouteError(reason, message, true);
  }

  /// One for all: the first one's reason, every message.
  static RouteError joined(List<RouteError> errors) {
    return part(
        errors.getFirst().reason(),
        errors.stream().map(RouteError::message).distinct().collect(Collectors.joining("; ")));
  }

  static RouteError part(String reason, String message) {
    return new RouteError(reason, message, false);
  }
}
