/// MeshView + Proxy → listeners, routes, clusters, endpoints and problems. Pure: no I/O, no clock,
/// no thread.
package theater.mesh.translation;
