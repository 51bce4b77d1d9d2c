/// Explains the mesh to people: what a request would meet, and what the last change did.
package theater.mesh.explain;
