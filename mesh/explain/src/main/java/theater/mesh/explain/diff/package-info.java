/// What a change did to resources of Envoys, in the words of the people who wrote the objects.
package theater.mesh.explain.diff;
