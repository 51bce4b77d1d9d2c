/// Gives each connected Envoy what the translation made for it, by delta ADS, and remembers what
/// each Envoy took.
package theater.mesh.xds;
