/// Envoy routes: virtual hosts of a sidecar's port or a gateway's server, one feature of
/// VirtualService a file.
package theater.mesh.translation.route;
