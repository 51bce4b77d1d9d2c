/// What Istio's admission webhook refuses, one kind a file, with its texts.
package theater.mesh.translation.check;
