/// Envoy listeners: a sidecar's outbound and inbound sides, gateways, the east-west gateway.
package theater.mesh.translation.listener;
