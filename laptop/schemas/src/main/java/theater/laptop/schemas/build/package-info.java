/// Runs while the module is built: reads the model classes by reflection and writes the JSON file.
/// Nothing of it is needed at run time.
package theater.laptop.schemas.build;
