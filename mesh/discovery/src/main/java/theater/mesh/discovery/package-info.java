/// Watches the API servers of all contexts and gives what they hold to the mesh as one immutable
/// view.
package theater.mesh.discovery;
