/// Label and field selectors.
package theater.laptop.api.selector;
