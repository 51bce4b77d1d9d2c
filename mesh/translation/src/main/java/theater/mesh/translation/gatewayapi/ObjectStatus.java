package theater.mesh.translation.gatewayapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import theater.mesh.view.ConfigObject;

/// What a controller says about an object of the Gateway API.
///
/// @param object whose status it is
/// @param status all of it, but without `lastTransitionTime` and `observedGeneration` of the
///   conditions
public record ObjectStatus(ConfigObject object, ObjectNode status) {}
