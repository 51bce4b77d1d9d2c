/// Objects that are valid by schema and absurd in meaning, and a real Envoy that judges what they
/// come to.
package theater.mesh.translation.fuzz;
