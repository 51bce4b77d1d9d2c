/// The people who book: list, get, create, replace, delete.
package theater.user;
