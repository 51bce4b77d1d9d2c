/// CustomResourceDefinitions themselves: defaults, what is wrong with them, their names and
/// conditions, and the end of what they define.
package theater.laptop.api.definition;
