package theater.mesh.translation.gatewayapi;

import java.util.Optional;
import theater.mesh.view.ConfigObject;

/// A listener of a Gateway, looked at.
///
/// @param parent what routes can name
/// @param gateway the Istio Gateway that it comes to; empty when it can not act
/// @param conditions of its status
record Opened(Parent parent, Optional<ConfigObject> gateway, Conditions conditions) {}
