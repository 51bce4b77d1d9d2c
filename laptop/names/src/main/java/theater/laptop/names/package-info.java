/// Lets any Java program on the laptop find services by their Kubernetes names, without knowing of
/// it.
package theater.laptop.names;
