/// Walks a request through what Envoys really have: listener, route, cluster, endpoints, and the
/// server's sidecar.
package theater.mesh.explain.walk;
