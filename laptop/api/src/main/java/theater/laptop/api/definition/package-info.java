/// CustomResourceDefinitions themselves: defaults, conditions, and what is wrong with them.
package theater.laptop.api.definition;
