/// One context's Kubernetes-compatible API server: what the real kubectl, the controllers, the node
/// agent and the mesh read and write.
package theater.laptop.api;
