/// What each Envoy really has, and what the last changes did to it: written by the xDS server, read
/// by people.
package theater.mesh.explain.held;
