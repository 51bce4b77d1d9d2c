/// What the API servers and the own Envoy know: objects of both contexts, pods, ejections.
package theater.gateway.cluster;
