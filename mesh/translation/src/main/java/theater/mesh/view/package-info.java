/// What the mesh knows, as immutable records: the input of the translation, whoever gathered it.
package theater.mesh.view;
