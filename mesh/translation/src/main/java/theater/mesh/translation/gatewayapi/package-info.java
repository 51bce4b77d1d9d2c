/// The Kubernetes Gateway API, turned into the Istio objects that mean the same; the rest of the
/// translation knows nothing of it.
package theater.mesh.translation.gatewayapi;
