/// Compares the gateway with a plain Envoy and with no proxy at all: requests a second, and CPU
/// time per request.
package theater.gateway.load;
