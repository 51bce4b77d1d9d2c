/// Envoy endpoints: pods of the proxy's network, gateways for the others, priorities and weights by
/// locality.
package theater.mesh.translation.endpoint;
