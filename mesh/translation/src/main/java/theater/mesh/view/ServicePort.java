package theater.mesh.view;

/// A port of a Service.
///
/// @param name decides the protocol with [#appProtocol] (Istio: explicit protocol selection):
///   `http-web`, `tcp-redis`; may be empty
/// @param number what callers dial
/// @param targetPort what pods listen on, as a number or a port's name
public record ServicePort(String name, int number, String targetPort, String appProtocol) {}
