/// Makes the pods of one node into processes: addresses, files, environment, probes, restarts, a
/// real Envoy beside each application.
package theater.laptop.node;
