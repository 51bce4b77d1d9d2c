/// Envoy clusters: one per service port and subset, one feature of DestinationRule a file.
package theater.mesh.translation.cluster;
