/// Seats of films, booked by users: no seat is sold twice.
package theater.booking;
