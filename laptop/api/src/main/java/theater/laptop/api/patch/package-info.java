/// The three kinds of patches.
package theater.laptop.api.patch;
