/// The films that are shown: list, get, create, replace, delete.
package theater.movie;
