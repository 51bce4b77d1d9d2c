package theater.booking;

import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Protocol.Command;
import theater.kit.redis.CreatedDocument;
import theater.kit.redis.DocumentStore;
import theater.kit.redis.Redis;

/// Bookings and who has which seat: the hash `seats:{movieId}` tells the booking of every seat that
/// is taken. Seats, document and the indexes `bookings` and `bookings:user:{userId}` change in one
/// script.
final class BookingStore {
  /// KEYS: bookings, booking:seq. ARGV: id or "", userId, movieId, JSON of `seats`, count, then the
  /// names, when the count is 0 those wanted, otherwise all in the order in which they are given
  /// out.
  private static final String BOOK =
      """
      local id, user, movie, seats, count = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
      local old
      if id ~= '' then
        local text = redis.call('GET', 'booking:' .. id)
        if not text then return {'missing'} end
        old = cjson.decode(text)
      end
      local owner, flat = {}, redis.call('HGETALL', 'seats:' .. movie)
      for i = 1, #flat, 2 do owner[flat[i]] = flat[i + 1] end
      local chosen, refused, free = {}, {}, 0
      for i = 6, #ARGV do
        local seat = ARGV[i]
        if owner[seat] and owner[seat] ~= id then
          refused[#refused + 1] = seat
        else
          free = free + 1
          if count == 0 or #chosen < count then chosen[#chosen + 1] = seat end
        end
      end
      if count == 0 and #refused > 0 then return {'taken', unpack(refused)} end
      if count > free then return {'full', tostring(free)} end
      if old then
        for _, seat in ipairs(old.seatNames or {}) do redis.call('HDEL', 'seats:' .. old.movieId, seat) end
        redis.call('ZREM', 'bookings:user:' .. old.userId, id)
      else
        repeat id = tostring(redis.call('INCR', KEYS[2])) until redis.call('EXISTS', 'booking:' .. id) == 0
      end
      for _, seat in ipairs(chosen) do redis.call('HSET', 'seats:' .. movie, seat, id) end
      local document = '{"id":"' .. id .. '","userId":"' .. user .. '","movieId":"' .. movie .. '","seats":' .. seats
        .. ',"seatNames":["' .. table.concat(chosen, '","') .. '"]}'
      redis.call('SET', 'booking:' .. id, document)
      redis.call('ZADD', KEYS[1], id, id)
      redis.call('ZADD', 'bookings:user:' .. user, id, id)
      return {'booked', id, document}
      """;

  private static final String CANCEL =
      """
      local text = redis.call('GET', 'booking:' .. ARGV[1])
      if not text then return 0 end
      local old = cjson.decode(text)
      for _, seat in ipairs(old.seatNames or {}) do redis.call('HDEL', 'seats:' .. old.movieId, seat) end
      redis.call('ZREM', KEYS[1], ARGV[1])
      redis.call('ZREM', 'bookings:user:' .. old.userId, ARGV[1])
      return redis.call('DEL', 'booking:' .. ARGV[1])
      """;

  /// What came of an attempt to book.
  sealed interface Outcome {}

  /// The seats are sold to this booking.
  record Booked(CreatedDocument booking) implements Outcome {}

  /// Somebody else has these.
  record Taken(List<String> seats) implements Outcome {}

  /// Fewer seats are free than were asked for.
  record Full(int free) implements Outcome {}

  /// There is no booking with the id.
  record Missing() implements Outcome {}

  private final Redis redis;
  private final DocumentStore documents;

  BookingStore(Redis redis) {
    this.redis = redis;
    documents = new DocumentStore(redis, "booking");
  }

  DocumentStore documents() {
    return documents;
  }

  /// Books, or changes a booking; its own seats count as free then.
  ///
  /// @param id of the booking to change, "" for a new one
  Outcome book(String id, Booking booking) {
    Seats.Wanted wanted = booking.seats();
    var arguments =
        new ArrayList<Object>(
            List.of(
                BOOK,
                2,
                "bookings",
                "booking:seq",
                id,
                booking.userId(),
                booking.movieId(),
                wanted.json(),
                "" + wanted.count()));
    arguments.addAll(wanted.names().isEmpty() ? Seats.ALL : wanted.names());
    var answer = (List<?>) redis.call(Command.EVAL, arguments.toArray());
    return switch (Redis.text(answer.getFirst())) {
      case "booked" ->
          new Booked(new CreatedDocument(Redis.text(answer.get(1)), (byte[]) answer.get(2)));
      case "taken" -> new Taken(Redis.texts(answer.subList(1, answer.size())));
      case "full" -> new Full(Integer.parseInt(Redis.text(answer.get(1))));
      case "missing" -> new Missing();
      case String other ->
          throw new IllegalStateException(
              "the script answered \"" + other + "\"; expected booked, taken, full or missing");
    };
  }

  /// Deletes a booking; its seats are free again.
  ///
  /// @return whether there was one
  boolean cancel(String id) {
    return (Long) redis.call(Command.EVAL, CANCEL, 1, "bookings", id) > 0;
  }
}
