/// Whether an object keeps to the structural schema of its CustomResourceDefinition: types, bounds,
/// formats, list keys.
package theater.laptop.api.structural;
