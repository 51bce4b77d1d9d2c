/// What fields the served kinds have: read at build time from the model classes, loaded at run time
/// from one small JSON file.
package theater.laptop.schemas;
