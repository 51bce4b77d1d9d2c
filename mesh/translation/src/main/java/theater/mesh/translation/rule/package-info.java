/// Which Istio objects act on which host for which proxy: visibility, precedence, merging.
package theater.mesh.translation.rule;
