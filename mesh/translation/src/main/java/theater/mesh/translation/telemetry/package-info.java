/// What Envoys tell about calls: access logs and traces, as Telemetry objects and MeshConfig ask.
package theater.mesh.translation.telemetry;
