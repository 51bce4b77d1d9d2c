/// CustomResourceDefinitions: what they define, what is wrong with them, and how objects are read
/// by their structural schemas.
package theater.laptop.api.custom;
