/// Every generated name: clusters, SNI, listeners, route configurations, hosts. Parser beside
/// formatter.
package theater.mesh.translation.names;
