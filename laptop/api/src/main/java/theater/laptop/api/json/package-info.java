/// Reading and writing JSON trees.
package theater.laptop.api.json;
