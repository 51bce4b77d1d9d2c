/// Asks Envoys themselves for what only they know.
package theater.mesh.explain.admin;
