package theater.mesh.view;

/// One Kubernetes cluster of the mesh.
///
/// @param name `ctx1`
/// @param network workloads of one network reach each other's addresses; another network is reached
///   through its east-west gateway
/// @param eastWestAddress address of the east-west gateway as other networks see it; empty when
///   there is none
/// @param eastWestPort its port for mTLS by SNI, 15443 in Istio
public record MeshContext(String name, String network, String eastWestAddress, int eastWestPort) {}
