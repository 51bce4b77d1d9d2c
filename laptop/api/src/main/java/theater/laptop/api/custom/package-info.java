/// What CustomResourceDefinitions define, and how objects are read by their structural schemas:
/// unknown fields go, defaults come.
package theater.laptop.api.custom;
