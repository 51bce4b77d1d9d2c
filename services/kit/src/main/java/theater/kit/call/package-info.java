/// Calls to the other services through the mesh, with a time limit, and what their failures mean
/// for the caller.
package theater.kit.call;
