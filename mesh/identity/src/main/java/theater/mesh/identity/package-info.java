/// Who is who: a certificate authority that is kept over restarts, and the certificates it issues.
package theater.mesh.identity;
