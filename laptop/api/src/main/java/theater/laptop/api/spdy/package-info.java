/// SPDY/3.1, as much of it as Kubernetes clients speak: streams with headers and data, pings, ends.
/// No flow control: its users rely on that of TCP, as the clients do.
package theater.laptop.api.spdy;
