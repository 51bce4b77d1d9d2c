/// The commands of the course's documents: found there, listed in a table, typed one by one.
package theater.acceptance.course;
