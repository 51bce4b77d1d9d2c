/// JSON without reflection: a bounded reader into maps and lists, text quoting, and checked access
/// to the fields of a body.
package theater.kit.json;
