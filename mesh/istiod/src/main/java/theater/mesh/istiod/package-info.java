/// What people and istioctl ask a control plane: who is connected, who has taken what, and what an
/// Envoy should have.
package theater.mesh.istiod;
