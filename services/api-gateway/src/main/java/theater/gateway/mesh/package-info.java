/// What the VirtualServices and DestinationRules in force say about the services. Pure: no I/O,
/// clock or thread.
package theater.gateway.mesh;
