/// Results that are kept with everything that they asked for, so that a change makes anew only what
/// depends on it.
package theater.mesh.translation.memo;
