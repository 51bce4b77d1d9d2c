package theater.mesh.view;

/// An address behind a port of a Service (Kubernetes: EndpointSlice).
///
/// @param context where the address lives
/// @param portName the ServicePort's name
/// @param port number at the address (the target port)
/// @param workload the pod behind it
public record Endpoint(
    String context,
    String serviceNamespace,
    String serviceName,
    String portName,
    String address,
    int port,
    boolean ready,
    Workload workload) {}
