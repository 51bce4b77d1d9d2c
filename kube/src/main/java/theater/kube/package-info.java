/// The Kubernetes API as JSON trees: what controllers, the node agent and the mesh's discovery read
/// and write it with.
package theater.kube;
