/// A described world (contexts, services, pods) and Istio YAML in; what an Envoy of it would get
/// out. Starts nothing.
package theater.mesh.world;
