/// What becomes of stored CustomResourceDefinitions: their names are accepted, their kinds served,
/// their objects deleted with them.
package theater.laptop.api.establish;
