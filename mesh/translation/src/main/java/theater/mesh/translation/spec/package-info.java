/// Reading what a person wrote: a tree cursor that turns malformed values into problems, and the
/// set of modelled fields.
package theater.mesh.translation.spec;
